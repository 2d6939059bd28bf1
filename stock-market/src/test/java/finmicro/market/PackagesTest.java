package finmicro.market;

import finmicro.embedded.PackageRules;
import org.junit.jupiter.api.Test;

class PackagesTest {

    private static final PackageRules RULES = PackageRules.of("finmicro.market");

    @Test
    void packagesHaveNoCycle() {
        RULES.assertNoCycles();
    }

    @Test
    void dependenciesPointFromBoundaryToControlToEntity() {
        RULES.assertLayers();
    }
}
