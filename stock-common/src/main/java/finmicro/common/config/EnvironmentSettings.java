package finmicro.common.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The settings of this process: MicroProfile Config, that is environment, system properties and defaults. */
@Dependent
public class EnvironmentSettings {

    /** A fresh reading; its faults belong to whoever asked. */
    @Produces
    @Dependent
    public Settings settings() {
        Config config = ConfigProvider.getConfig();
        return new Settings(name -> config.getOptionalValue(name, String.class));
    }
}
