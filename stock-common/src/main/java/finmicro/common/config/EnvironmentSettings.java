package finmicro.common.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Provides the settings of this process from MicroProfile Config: environment, system properties and defaults. */
@Dependent
public class EnvironmentSettings {

    /** A new instance per injection, because it collects the errors of the injecting bean. */
    @Produces
    @Dependent
    public Settings settings() {
        Config config = ConfigProvider.getConfig();
        return new Settings(name -> config.getOptionalValue(name, String.class));
    }
}
