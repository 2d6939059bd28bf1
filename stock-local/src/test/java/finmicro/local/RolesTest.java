package finmicro.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each endpoint says whom it lets in. */
class RolesTest {

    private static final List<String> ROLES = List.of("trader", "viewer", "service");

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
        assertThat(Endpoints.of(service)).isNotEmpty().allSatisfy(method -> {
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
        assertThat(Endpoints.of(service))
                .allSatisfy(method ->
                        assertThat(texts(method, requirement, "scopes")).isEqualTo(roles(method)));
    }

    /** Who only looks changes nothing. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void viewerReadsAlone(Service service) {
        assertThat(Endpoints.of(service))
                .allSatisfy(method -> assertThat(roles(method).isEmpty() || is(method, "jakarta.ws.rs.GET"))
                        .isEqualTo(roles(method).isEmpty() || roles(method).contains("viewer")));
    }
}
