package finmicro.trade;

import finmicro.embedded.PackageRules;
import org.junit.jupiter.api.Test;

class PackagesTest {

    private static final PackageRules RULES = PackageRules.of("finmicro.trade");

    @Test
    void packagesHaveNoCycle() {
        RULES.assertNoCycles();
    }

    @Test
    void dependenciesPointFromBoundaryToControlToEntity() {
        RULES.assertLayers();
    }
}
