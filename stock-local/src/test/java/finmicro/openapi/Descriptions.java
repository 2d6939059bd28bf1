package finmicro.openapi;

import finmicro.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The OpenAPI documents in the repository. */
public final class Descriptions {

    private Descriptions() {}

    /** The description that the service serves. */
    public static Path current(Service service) {
        return Path.of("..", service.artifact(), "openapi.yaml");
    }

    /** The description that clients rely on: later ones must stay compatible with it. */
    static Path promised(Service service) {
        return Path.of("..", service.artifact(), "openapi-promised.yaml");
    }

    public static String text(Path description) {
        try {
            return Files.readString(description);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
