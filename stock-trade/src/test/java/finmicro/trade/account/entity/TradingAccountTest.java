package finmicro.trade.account.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TradingAccountTest {

    private static final Instant AT = Instant.ofEpochMilli(1_000);

    private final TradingAccount account = new TradingAccount();

    @Test
    void bookingChangesCashAndCountsTheEffect() {
        account.book(500, AT);
        account.book(-200, AT);

        assertThat(account.cash()).isEqualTo(300);
        assertThat(account.lastSequence()).isEqualTo(2);
        assertThatThrownBy(() -> account.book(Long.MAX_VALUE, AT)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void reservedCashIsNotAvailable() {
        account.book(500, AT);
        account.reserve(400, AT);
        assertThat(account.reservedCash()).isEqualTo(400);
        assertThat(account.buyingPower()).isEqualTo(100);

        account.book(-200, AT);
        assertThat(account.buyingPower()).isEqualTo(-100);

        account.reserve(-400, AT);
        assertThat(account.buyingPower()).isEqualTo(300);
        assertThat(account.lastSequence()).isEqualTo(2);
    }

    /** The event stream finds a change by its time, also if two are in one millisecond or the clock is set back. */
    @Test
    void everyChangeHasALaterTime() {
        account.book(1, AT);
        assertThat(account.changedAt()).isEqualTo(AT);

        account.reserve(1, AT);
        assertThat(account.changedAt()).isEqualTo(AT.plusMillis(1));

        account.setStatus(AccountStatus.SUSPENDED, AT.minusMillis(900));
        assertThat(account.changedAt()).isEqualTo(AT.plusMillis(2));
        assertThat(account.status()).isEqualTo(AccountStatus.SUSPENDED);

        account.touch(AT.plusMillis(50));
        assertThat(account.changedAt()).isEqualTo(AT.plusMillis(50));
    }
}
