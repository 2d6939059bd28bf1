package finmicro.trade.account.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PositionTest {

    private final Position position = new Position("alice", "A002");

    @Test
    void reservedSharesAreNotAvailable() {
        position.book(10);
        position.reserve(6);

        assertThat(position.quantity()).isEqualTo(10);
        assertThat(position.reservedQuantity()).isEqualTo(6);
        assertThat(position.available()).isEqualTo(4);
        assertThat(position.account()).isEqualTo("alice");
        assertThat(position.stockCode()).isEqualTo("A002");
    }

    @Test
    void fillIsBookedBeyondThePosition() {
        position.book(-3);

        assertThat(position.quantity()).isEqualTo(-3);
        assertThatThrownBy(() -> position.book(Long.MIN_VALUE)).isInstanceOf(ArithmeticException.class);
    }
}
