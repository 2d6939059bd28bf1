package finmicro.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.local.Service;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of the documents in the repository; {@code DescriptionsIT} holds them to what the services serve. */
class DescriptionsTest {

    @ParameterizedTest
    @EnumSource(Service.class)
    void descriptionIsValid(Service service) {
        SwaggerParseResult parsed = parsed(service);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(parsed.getOpenAPI().getPaths().keySet()).isNotEmpty().noneMatch(path -> path.startsWith("/health"));
        assertThat(parsed.getOpenAPI().getServers())
                .as("works behind any address")
                .allMatch(server -> server.getUrl().equals("/"));
    }

    /** What to do when it fails stands in docs/adr/0014: mend the change, or break the promise on purpose. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void oldClientsGoOnWorking(Service service) {
        assertThat(Breaks.between(
                        Descriptions.text(Descriptions.promised(service)),
                        Descriptions.text(Descriptions.current(service))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everythingIsTold(Service service) {
        OpenAPI api = parsed(service).getOpenAPI();

        assertThat(operations(api))
                .extracting(Operation::getOperationId)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(operations(api)).allSatisfy(DescriptionsTest::assertTold);
        assertThat(api.getComponents().getSchemas().values())
                .allSatisfy(schema -> assertThat(schema.getDescription()).isNotBlank());
    }

    private static void assertTold(Operation operation) {
        assertThat(operation.getSummary()).isNotBlank();
        assertThat(operation.getDescription()).isNotBlank();
        assertThat(operation.getTags()).isNotEmpty();
        if (operation.getParameters() != null) {
            assertThat(operation.getParameters())
                    .allSatisfy(
                            parameter -> assertThat(parameter.getDescription()).isNotBlank());
        }
        if (operation.getRequestBody() != null) {
            assertThat(operation.getRequestBody().getContent()).allSatisfy((type, body) -> assertIllustrated(body));
        }
        assertThat(operation.getResponses().keySet()).anyMatch(status -> status.startsWith("2"));
        assertThat(operation.getResponses()).allSatisfy(DescriptionsTest::assertTold);
    }

    private static void assertTold(String status, ApiResponse response) {
        assertThat(response.getDescription()).isNotBlank();
        if (status.compareTo("400") < 0) {
            content(response).forEach((type, body) -> assertIllustrated(body));
        } else {
            assertThat(content(response)).containsOnlyKeys("application/problem+json");
            assertThat(content(response).get("application/problem+json").getExamples())
                    .isNotEmpty();
        }
    }

    private static void assertIllustrated(MediaType body) {
        assertThat(body.getSchema()).isNotNull();
        assertThat(body.getExample()).isNotNull();
    }

    private static Map<String, MediaType> content(ApiResponse response) {
        Content content = response.getContent();
        return content == null ? Map.of() : content;
    }

    private static List<Operation> operations(OpenAPI api) {
        return api.getPaths().values().stream()
                .map(PathItem::readOperations)
                .flatMap(List::stream)
                .toList();
    }

    private static SwaggerParseResult parsed(Service service) {
        return new OpenAPIV3Parser().readContents(Descriptions.text(Descriptions.current(service)));
    }
}
