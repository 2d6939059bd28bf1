package finmicro.trade.ledger.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import finmicro.trade.account.entity.CashEntry;
import finmicro.trade.outbox.control.ClaimDeadline;
import finmicro.trade.outbox.control.TestClaims;
import finmicro.trade.outbox.entity.OutboxMessage;
import finmicro.trade.outbox.entity.OutboxMessage.Destination;
import finmicro.trade.outbox.entity.Outcome;
import finmicro.trade.outbox.entity.Outcome.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real client of stock-trade against an HTTP server. */
class EntryOutboxSenderIT {

    private final AtomicLong nanos = new AtomicLong();
    private LedgerStub balance;
    private EntryOutboxSender sender;

    @BeforeEach
    void start() throws IOException {
        balance = new LedgerStub();
        sender = balance.sender(nanos::get);
    }

    @AfterEach
    void stop() {
        balance.close();
    }

    private static OutboxMessage settlement(long tradeNo, String account) {
        String named = account == null ? "" : ",\"account\":\"" + account + "\"";
        String contract = "{\"tradeNo\":%d,\"stockCode\":\"A002\",\"tradeType\":\"BUY\",\"contractQuantity\":10,"
                + "\"settlementAmount\":24300%s}";
        return new OutboxMessage(tradeNo, Destination.SETTLE, contract.formatted(tradeNo, named), null, null);
    }

    private static OutboxMessage opening(String account) {
        return CashEntry.opening(account, 10_000_000).message(LedgerStub.STRICT, null);
    }

    private Map<String, Outcome> send(OutboxMessage... messages) {
        ClaimDeadline deadline = TestClaims.unlimited();
        return sender.send(List.of(messages), deadline);
    }

    private static void assertResults(Map<String, Outcome> outcomes, Map<String, Result> expected) {
        assertThat(outcomes).hasSameSizeAs(expected);
        expected.forEach(
                (id, result) -> assertThat(outcomes.get(id).result()).as(id).isEqualTo(result));
    }

    @Test
    void entriesOfAllKindsAreBookedInOneRequestAndARepeatedRequestHasNoEffect() {
        OutboxMessage[] messages = {settlement(10_012, null), settlement(10_013, "alice"), opening("alice")};
        Map<String, Result> sent =
                Map.of("settle-10012", Result.SENT, "settle-10013", Result.SENT, "settle-opening-alice", Result.SENT);

        assertResults(send(messages), sent);
        assertResults(send(messages), sent);

        assertThat(balance.paths()).containsOnly("/balance/entries").hasSize(2);
        assertThat(balance.ledger().bookings())
                .extracting(StubLedger.Booking::key, StubLedger.Booking::account, StubLedger.Booking::cash)
                .containsExactly(
                        tuple("trade-10012", "main", -24_300L),
                        tuple("trade-10013", "alice", -24_300L),
                        tuple("opening-alice", "alice", 10_000_000L));
    }

    @Test
    void onlyTheEntryWhoseNumberWasBookedWithOtherContentIsParked() {
        balance.ledger().external("main", 10_013L, "A002", -1, 1);

        Map<String, Outcome> outcomes = send(settlement(10_012, null), settlement(10_013, null), opening("alice"));

        assertResults(
                outcomes,
                Map.of(
                        "settle-10012",
                        Result.SENT,
                        "settle-10013",
                        Result.REFUSED,
                        "settle-opening-alice",
                        Result.SENT));
        assertThat(outcomes.get("settle-10013").reason()).contains("409");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}},{}", "[]", "", "{\"a\":1,\"a\":2}"})
    void bodyThatIsNotAnObjectIsParkedWithoutACall(String poison) {
        OutboxMessage bad = new OutboxMessage(10_013, Destination.SETTLE, poison, null, null);

        assertResults(
                send(settlement(10_012, null), bad),
                Map.of("settle-10012", Result.SENT, "settle-10013", Result.REFUSED));

        assertThat(balance.paths()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422, 500})
    void requestThatFailsAsAWholeIsRetriedEntryByEntry(int status) {
        balance.answering(request ->
                request.entries() > 1 || request.body().contains("trade-10013") ? status : LedgerStub.HANDLE);

        assertResults(
                send(settlement(10_012, null), settlement(10_013, null), opening("alice")),
                Map.of(
                        "settle-10012",
                        Result.SENT,
                        "settle-10013",
                        status == 500 ? Result.RETRY : Result.REFUSED,
                        "settle-opening-alice",
                        Result.SENT));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 502, 503, 504})
    void outageLeavesAllMessagesUnsent(int status) {
        balance.answering(request -> status);

        assertResults(
                send(settlement(10_012, null), opening("alice")),
                Map.of("settle-10012", Result.UNAVAILABLE, "settle-opening-alice", Result.UNAVAILABLE));
        assertThat(balance.paths()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void oldStockBalanceGetsSettlementsOfMainOneByOneForAMinuteAndTheOthersWait(int status) {
        balance.answering(request -> request.path().equals("/balance") ? LedgerStub.HANDLE : status);
        OutboxMessage[] messages = {settlement(10_012, null), settlement(10_013, "alice"), opening("alice")};
        Map<String, Result> expected =
                Map.of("settle-10012", Result.SENT, "settle-10013", Result.RETRY, "settle-opening-alice", Result.RETRY);

        assertResults(send(messages), expected);
        assertResults(send(messages), expected);
        assertThat(balance.paths()).containsExactly("/balance/entries", "/balance", "/balance");

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertResults(send(messages), expected);
        assertThat(balance.paths()).hasSize(5).endsWith("/balance/entries", "/balance");
    }

    @Test
    void applicationThatIsNotDeployedYetIsAnOutageAndNotTheOldStockBalance() {
        balance.answering(request -> 404);
        assertResults(send(settlement(10_012, null)), Map.of("settle-10012", Result.UNAVAILABLE));
        assertResults(send(opening("alice")), Map.of("settle-opening-alice", Result.RETRY));

        balance.answering(request -> LedgerStub.HANDLE);
        assertResults(send(opening("alice")), Map.of("settle-opening-alice", Result.SENT));
    }

    @Test
    void stoppedServerIsAnOutage() {
        balance.close();

        assertResults(send(settlement(10_012, null)), Map.of("settle-10012", Result.UNAVAILABLE));
    }
}
