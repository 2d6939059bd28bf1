package finmicro.common;

import finmicro.embedded.PackageRules;
import org.junit.jupiter.api.Test;

class PackagesTest {

    private static final PackageRules RULES = PackageRules.of("finmicro.common");

    @Test
    void packagesHaveNoCycle() {
        RULES.assertNoCycles();
    }
}
