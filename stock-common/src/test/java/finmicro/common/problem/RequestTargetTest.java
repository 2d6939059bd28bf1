package finmicro.common.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/trade/order/10012",
                "/webjars/uPlot.iife.min.js",
                "/a_b~c",
                "/%E6%A0%AA",
                "/a%20b",
                "/x;a=b",
                "/%41",
                "/%25",
                "/%255c"
            })
    void validPathIsAccepted(String path) {
        assertThatCode(() -> RequestTarget.check(path, null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x%5cy",
                "/x%5Cy",
                "/x\\y",
                "/%2e%2e/x",
                "/%2E",
                "/a%2fb",
                "/a%2Fb",
                "/a%23b",
                "/a#b",
                "/%FF",
                "/%zz",
                "/%",
                "/%2",
                "/{x}",
                "/a b",
                "/ok%20/%2f"
            })
    void invalidPathOrEncodedSeparatorIsRejected(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestTarget.check(path, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status=1&limit=10", "a=%2F%5c%23%2e", "a=%E6%A0%AA", "a=b?c/d"})
    void validQueryIsAccepted(String query) {
        assertThatCode(() -> RequestTarget.check("/x", query)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%FF", "a=%zz", "{x}", "a=\\", "a=%ED%A0%80"})
    void invalidQueryIsRejected(String query) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestTarget.check("/x", query));
    }
}
