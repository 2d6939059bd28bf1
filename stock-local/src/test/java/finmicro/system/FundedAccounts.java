package finmicro.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** New accounts with more cash and A002 than the customers of a chaos run can use. */
final class FundedAccounts {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long YEN = 1_000_000_000_000L;
    private static final long SHARES = 10_000_000;

    private FundedAccounts() {}

    /** Opens the accounts by a deposit each and books shares for them. Returns when both services show them. */
    static AccountBooks open(Trading trading, int count) {
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        List<String> ids = IntStream.range(0, count)
                .mapToObj(i -> "chaos-" + run + "-" + i)
                .toList();
        AccountBooks books = new AccountBooks(ids);
        AccountActions actions = new AccountActions(trading);
        for (String id : ids) {
            assertThat(actions.move(id, "funds", YEN).status()).isEqualTo(201);
            books.add(id, YEN, null, 0);
            AccountActions.Booking shares = AccountActions.Booking.of(id, "A002", 1, SHARES);
            assertThat(actions.book(shares).status()).isEqualTo(200);
            books.add(id, shares.cash(), shares.stockCode(), shares.shares());
        }
        books.awaitAgreement(trading, TIMEOUT);
        return books;
    }
}
