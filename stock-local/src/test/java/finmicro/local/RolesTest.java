package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each endpoint says whom it lets in. */
class RolesTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> ROLES = List.of("trader", "viewer", "service");

    private static Stream<JavaMethod> endpoints(Service service) {
        Path classes = Path.of("..", service.artifact(), "target/classes");
        return new ClassFileImporter()
                .importPath(classes).stream()
                        .filter(type -> !type.isInterface())
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> METHODS.stream().anyMatch(name -> is(method, "jakarta.ws.rs." + name)));
    }

    private static boolean is(JavaMethod method, String annotation) {
        return method.isAnnotatedWith(annotation);
    }

    private static List<String> roles(JavaMethod method) {
        return texts(method, "jakarta.annotation.security.RolesAllowed", "value");
    }

    private static List<String> texts(JavaMethod method, String annotation, String member) {
        return is(method, annotation)
                ? List.of((String[])
                        method.getAnnotationOfType(annotation).get(member).orElseThrow())
                : List.of();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyEndpointNamesRolesThatThereAreOrIsPublic(Service service) {
        assertThat(endpoints(service)).isNotEmpty().allSatisfy(method -> {
            assertThat(ROLES).containsAll(roles(method));
            assertThat(roles(method).isEmpty())
                    .as("public")
                    .isEqualTo(is(method, "jakarta.annotation.security.PermitAll"));
        });
    }

    /** The server takes no description of them from {@code @RolesAllowed}. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void descriptionNamesTheRolesThatAreLetIn(Service service) {
        String requirement = "org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement";
        assertThat(endpoints(service))
                .allSatisfy(method ->
                        assertThat(texts(method, requirement, "scopes")).isEqualTo(roles(method)));
    }

    /** Who only looks changes nothing. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void viewerReadsAlone(Service service) {
        assertThat(endpoints(service))
                .allSatisfy(method -> assertThat(roles(method).isEmpty() || is(method, "jakarta.ws.rs.GET"))
                        .isEqualTo(roles(method).isEmpty() || roles(method).contains("viewer")));
    }
}
