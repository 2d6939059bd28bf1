package finmicro.common.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.json.InvalidInput;
import finmicro.common.problem.ProblemException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAccountTest {

    private record Config(Optional<TrustedIssuer> trusted) implements AccessConfig {

        @Override
        public OriginPolicy originPolicy() {
            return new OriginPolicy(Set.of(), Optional.empty());
        }
    }

    private final CallerAccount accounts = withClaim(Optional.of("sub"));

    private static CallerAccount withClaim(Optional<String> claim) {
        return new CallerAccount(new Config(Optional.of(
                new TrustedIssuer("https://issuer", URI.create("https://issuer/keys"), Set.of("page"), claim))));
    }

    private static Caller caller(String account, String... roles) {
        return new Caller("somebody", Set.of(roles)::contains, Instant.MAX, account);
    }

    private static void assertForbidden(ThrowingCallable call, String detail) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(403);
            assertThat(refusal.problem().detail()).contains(detail);
        });
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.errors())
                                .singleElement()
                                .satisfies(
                                        error -> assertThat(error.parameter()).isEqualTo("account")));
    }

    @Test
    void withoutTokensAnyAccountCanBeNamedAndTheDefaultIsMain() {
        CallerAccount off = new CallerAccount(new Config(Optional.empty()));

        assertThat(off.one(Caller.ANONYMOUS, null)).isEqualTo("main");
        assertThat(off.one(Caller.ANONYMOUS, "alice")).isEqualTo("alice");
        assertThat(off.toTrade(Caller.ANONYMOUS, null)).isEqualTo("main");
        assertThat(off.toTrade(Caller.ANONYMOUS, "alice")).isEqualTo("alice");
        assertThat(off.scope(Caller.ANONYMOUS, null)).isEqualTo(AccountScope.of("main"));
        assertThat(off.scope(Caller.ANONYMOUS, "alice")).isEqualTo(AccountScope.of("alice"));
        assertInvalid(() -> off.scope(Caller.ANONYMOUS, ""));
        assertInvalid(() -> off.toTrade(Caller.ANONYMOUS, "a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Roles.TRADER, Roles.VIEWER})
    void customerCanOnlyUseTheAccountOfTheClaim(String role) {
        Caller alice = caller("alice", role);

        assertThat(accounts.one(alice, null)).isEqualTo("alice");
        assertThat(accounts.one(alice, "alice")).isEqualTo("alice");
        assertThat(accounts.toTrade(alice, null)).isEqualTo("alice");
        assertThat(accounts.scope(alice, null)).isEqualTo(AccountScope.of("alice"));
        for (String other : Set.of("bob", "Alice", "main")) {
            assertForbidden(() -> accounts.one(alice, other), "not your account");
            assertForbidden(() -> accounts.toTrade(alice, other), "not your account");
            assertForbidden(() -> accounts.scope(alice, other), "not your account");
        }
        assertInvalid(() -> accounts.scope(alice, "b\u00f6b"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "main", "a b", "\uff41lice", "a\nb"})
    void invalidAccountClaimIsForbidden(String claim) {
        Caller caller = caller(claim, Roles.TRADER);

        assertForbidden(() -> accounts.one(caller, null), "The claim sub");
        assertForbidden(() -> accounts.toTrade(caller, null), "The claim sub");
        assertForbidden(() -> accounts.scope(caller, null), "The claim sub");
        assertForbidden(() -> accounts.scope(caller, "main"), "The claim sub");
    }

    @Test
    void withoutAClaimAllCustomersShareMain() {
        CallerAccount shared = withClaim(Optional.empty());
        Caller alice = caller(null, Roles.TRADER);

        assertThat(shared.toTrade(alice, null)).isEqualTo("main");
        assertThat(shared.scope(alice, "main")).isEqualTo(AccountScope.of("main"));
        assertForbidden(() -> shared.one(alice, "alice"), "not your account");
    }

    @Test
    void operatorReadsAllAccountsOrTheNamedOne() {
        Caller operator = caller(null, Roles.OPERATOR);

        assertThat(accounts.scope(operator, null)).isEqualTo(AccountScope.ALL);
        assertThat(accounts.scope(operator, "bob")).isEqualTo(AccountScope.of("bob"));
        assertThat(accounts.one(operator, "bob")).isEqualTo("bob");
        assertInvalid(() -> accounts.one(operator, null));
        assertInvalid(() -> accounts.scope(operator, ""));
    }

    @Test
    void serviceReadsAnyAccountAndMainByDefault() {
        Caller service = caller(null, Roles.SERVICE);

        assertThat(accounts.scope(service, null)).isEqualTo(AccountScope.of("main"));
        assertThat(accounts.one(service, "bob")).isEqualTo("bob");
    }

    @Test
    void traderWhoIsAlsoAnOperatorTradesOnlyForTheirOwnAccount() {
        Caller both = caller("olga", Roles.OPERATOR, Roles.SERVICE, Roles.TRADER);

        assertThat(accounts.toTrade(both, null)).isEqualTo("olga");
        assertForbidden(() -> accounts.toTrade(both, "alice"), "not your account");
        assertThat(accounts.scope(both, "alice")).isEqualTo(AccountScope.of("alice"));
    }
}
