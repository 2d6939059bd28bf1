package finmicro.common.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountSlicesTest {

    private static final Difference WRONG = new Difference("carol", "cash", 100L, 99L);

    private final DifferenceReport report = new DifferenceReport(OpenTelemetry.noop());

    /** Some accounts cannot be checked; carol's cash is wrong. */
    private record Accounts(Set<String> failing) implements AccountCheck {

        @Override
        public List<String> accounts(String after, int most) {
            return List.of("alice", "bob", "carol");
        }

        @Override
        public Checked check(String account) {
            if (failing.contains(account)) {
                throw new IllegalStateException("refused by the test");
            }
            return new Checked(true, 1, account.equals("carol") ? List.of(WRONG) : List.of());
        }
    }

    @Test
    void failedCheckDoesNotAffectOtherAccounts() {
        AccountSlices slices = new AccountSlices(new Accounts(Set.of("bob")), report);

        assertThat(slices.check("")).isEqualTo(new AccountSlices.Slice("", 2, 2, List.of(WRONG)));
        assertThat(report.count()).isEqualTo(1);
    }

    @Test
    void checkFailsIfTheDatabaseIsUnavailable() {
        AccountSlices slices = new AccountSlices(new Accounts(Set.of("alice", "bob")), report);

        assertThatThrownBy(() -> slices.check("")).isInstanceOf(IllegalStateException.class);
    }
}
