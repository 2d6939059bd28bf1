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
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the documents in the repository. {@code DescriptionsIT} compares them with what the services serve. */
class DescriptionsTest {

    /** The first order number of stock-trade. 10001 and 10002 are in the sample data. */
    private static final long FIRST_NUMBER = 10_012;

    private static final Pattern TRADE_NO = Pattern.compile("\"?tradeNo\"?[:=] ?(\\d+)");

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

    /** If it fails, see docs/adr/0014: fix the change, or break compatibility deliberately. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void oldClientsKeepWorking(Service service) {
        assertThat(Breaks.between(
                        Descriptions.text(Descriptions.promised(service)),
                        Descriptions.text(Descriptions.current(service))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void everythingIsDocumented(Service service) {
        OpenAPI api = parsed(service).getOpenAPI();

        assertThat(operations(api))
                .extracting(Operation::getOperationId)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(operations(api)).allSatisfy(DescriptionsTest::assertDocumented);
        assertThat(api.getComponents().getSchemas().values())
                .allSatisfy(schema -> assertThat(schema.getDescription()).isNotBlank());
    }

    /** A settlement or a hold under a future order number would be taken for that order's. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void examplesUseNoNumberOfAFutureOrder(Service service) {
        List<Operation> operations = operations(parsed(service).getOpenAPI());
        Stream<String> parameters = operations.stream()
                .flatMap(operation ->
                        Stream.ofNullable(operation.getParameters()).flatMap(List::stream))
                .filter(parameter -> parameter.getName().equals("tradeNo"))
                .map(parameter -> parameter.getExample().toString());
        Stream<String> bodies = operations.stream()
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .map(body -> body.getExample().toString())
                .flatMap(text -> TRADE_NO.matcher(text).results().map(match -> match.group(1)));

        assertThat(Stream.concat(parameters, bodies).map(Long::valueOf)).allMatch(number -> number < FIRST_NUMBER);
    }

    /**
     * OpenAPI 3.1 allows roles in the requirements of other schemes than OAuth2 and OpenID Connect, but this server rejects them.
     */
    @ParameterizedTest
    @EnumSource(Service.class)
    void rolesAreNotScopes(Service service) {
        List<Operation> secured = operations(parsed(service).getOpenAPI()).stream()
                .filter(operation -> operation.getSecurity() != null)
                .toList();

        assertThat(secured).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.getSecurity())
                    .allSatisfy(
                            requirement -> assertThat(requirement.get("bearer")).isEmpty());
            assertThat((List<?>) operation.getExtensions().get("x-roles")).isNotEmpty();
        });
    }

    private static void assertDocumented(Operation operation) {
        assertThat(operation.getSummary()).isNotBlank();
        assertThat(operation.getDescription()).isNotBlank().doesNotStartWith("null");
        assertThat(operation.getTags()).isNotEmpty();
        if (operation.getParameters() != null) {
            assertThat(operation.getParameters())
                    .allSatisfy(
                            parameter -> assertThat(parameter.getDescription()).isNotBlank());
        }
        if (operation.getRequestBody() != null) {
            assertThat(operation.getRequestBody().getContent()).allSatisfy((type, body) -> assertHasExample(body));
        }
        assertThat(operation.getResponses().keySet()).anyMatch(status -> status.startsWith("2"));
        assertThat(operation.getResponses()).allSatisfy(DescriptionsTest::assertDocumented);
    }

    private static void assertDocumented(String status, ApiResponse response) {
        assertThat(response.getDescription()).isNotBlank();
        if (status.compareTo("400") < 0) {
            content(response).forEach((type, body) -> assertHasExample(body));
        } else {
            assertThat(content(response)).containsOnlyKeys("application/problem+json");
            assertThat(content(response).get("application/problem+json").getExamples())
                    .isNotEmpty();
        }
    }

    private static void assertHasExample(MediaType body) {
        assertThat(body.getSchema()).isNotNull();
        assertThat(body.getExample().toString()).doesNotContain("null");
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
