package finmicro.common.trading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private static final String SIXTY_FOUR = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"main", "a", "A-1_b.c:d@e", "8f14e45f-ceea-467a-9575-1c9c7ab3a1b2", SIXTY_FOUR})
    void idOfAllowedCharactersIsValid(String id) {
        assertThat(Account.isValid(id)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\n",
                "a\u0000",
                "a\r\nb",
                "\uff41lice",
                "\u53e3\u5ea7",
                "\u0430lice",
                "a/b",
                "a%b",
                "a'b",
                "a,b",
                "=a",
                SIXTY_FOUR + "x"
            })
    void otherIdIsInvalid(String id) {
        assertThat(Account.isValid(id)).isFalse();
    }
}
