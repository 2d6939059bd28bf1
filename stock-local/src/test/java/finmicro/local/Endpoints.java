package finmicro.local;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JAX-RS resource methods of a service. */
final class Endpoints {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    private Endpoints() {}

    static Stream<JavaMethod> of(Service service) {
        Path classes = Path.of("..", service.artifact(), "target/classes");
        return new ClassFileImporter()
                .importPath(classes).stream()
                        .filter(type -> !type.isInterface())
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method ->
                                METHODS.stream().anyMatch(name -> method.isAnnotatedWith("jakarta.ws.rs." + name)));
    }
}
