package finmicro.trade.order.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.InvalidInput;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    private static Optional<String> key(String... values) {
        MultivaluedMap<String, String> all = new MultivaluedHashMap<>();
        if (values.length > 0) {
            all.put("Idempotency-Key", List.of(values));
        }
        HttpHeaders headers = (HttpHeaders) Proxy.newProxyInstance(
                HttpHeaders.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getRequestHeaders");
                    return all;
                });
        return IdempotencyKey.of(headers);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("k", "k"),
                Arguments.of("\"k\"", "k"),
                Arguments.of("\"a,b\"", "a,b"),
                Arguments.of("a\"b", "a\"b"),
                Arguments.of("\"a\\\"b\"", "a\"b"),
                Arguments.of("a\\b", "a\\b"),
                Arguments.of("\"a\\\\b\"", "a\\b"),
                Arguments.of("k\"", "k\""),
                Arguments.of("\"\\\"k\\\"\"", "\"k\""),
                Arguments.of("\"\\\\\"", "\\"),
                Arguments.of("~", "~"),
                Arguments.of("\"~!\"", "~!"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void quotedStringIsUnquoted(String header, String key) {
        assertThat(key(header)).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"\"",
                "\"k",
                "\"k\"x",
                "\"k\";a=1",
                "\"k\" ",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"k\\\"",
                "\"two words\"",
                "two words",
                "\"\u00e9\"",
                "\u00e9",
                "a\nb"
            })
    void malformedKeyIsRefused(String header) {
        assertThatThrownBy(() -> key(header)).isInstanceOf(InvalidInput.class).hasMessageContaining("Idempotency-Key");
    }

    @Test
    void lengthExcludesQuotesAndEscapes() {
        String longest = "x".repeat(255);

        assertThat(key(longest)).contains(longest);
        assertThat(key('"' + longest + '"')).contains(longest);
        assertThat(key('"' + "\\\"".repeat(255) + '"')).contains("\"".repeat(255));
        for (String longer : List.of(longest + "x", '"' + longest + "x\"", '"' + "\\\"".repeat(256) + '"')) {
            assertThatThrownBy(() -> key(longer)).isInstanceOf(InvalidInput.class);
        }
    }

    @Test
    void bothFormsAreTheSameKey() {
        assertThat(key("k")).isEqualTo(key("\"k\""));
    }

    @Test
    void severalKeysAreRefusedAndTheHeaderIsOptional() {
        assertThat(key()).isEmpty();
        assertThatThrownBy(() -> key("k", "\"k\"")).isInstanceOf(InvalidInput.class);
    }
}
