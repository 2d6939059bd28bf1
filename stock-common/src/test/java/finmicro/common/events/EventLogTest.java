package finmicro.common.events;

import static org.assertj.core.api.Assertions.assertThat;

import finmicro.common.access.AccountScope;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final int ALL = Integer.MAX_VALUE;

    private final EventLog log = new EventLog(100);

    private byte[] textAt(long position) {
        return log.read(position, AccountScope.ALL, ALL).text();
    }

    @Test
    void keepsTheLatestEventsWithinItsLimit() {
        for (int i = 0; i < 1_000; i++) {
            log.append(null, new byte[40]);
        }

        assertThat(log.bytes()).isEqualTo(80);
        assertThat(textAt(997)).isNull();
        assertThat(textAt(998)).hasSize(80);
        assertThat(log.isBehind(999)).isTrue();
        assertThat(log.isBehind(1_000)).isFalse();
    }

    @Test
    void dropsAnEventThatIsLargerThanItsLimit() {
        long position = log.end();
        log.append(null, new byte[101]);

        assertThat(log.bytes()).isZero();
        assertThat(log.isBehind(position)).isTrue();
        assertThat(textAt(position)).isNull();
    }

    @Test
    void upToDateSubscriberIsBehindAfterADrop() {
        log.append(null, new byte[10]);
        long upToDate = log.end();

        log.drop();

        assertThat(log.isBehind(upToDate)).isTrue();
        assertThat(textAt(upToDate)).isNull();
        assertThat(log.isBehind(log.end())).isFalse();
    }

    @Test
    void readsTheEventsOfTheScopeAndThoseForAll() {
        append("alice", "a");
        append("bob", "b");
        append(null, "-");
        append("Alice", "A");
        append("alice", "aa");

        assertThat(read(AccountScope.of("alice"))).isEqualTo("a-aa");
        assertThat(read(AccountScope.of("carol"))).isEqualTo("-");
        assertThat(read(AccountScope.ALL)).isEqualTo("ab-Aaa");
    }

    @Test
    void readsInPartsAndSkipsTheEventsOfOtherAccounts() {
        append("alice", "aa");
        append("bob", "b");
        append("alice", "aaa");

        EventLog.Part part = log.read(0, AccountScope.of("alice"), 2);
        assertThat(part.next()).isEqualTo(1);
        assertThat(log.read(part.next(), AccountScope.of("bob"), ALL)).satisfies(rest -> {
            assertThat(rest.text()).hasSize(1);
            assertThat(rest.next()).isEqualTo(log.end());
        });
        assertThat(log.read(part.next(), AccountScope.of("alice"), 2).text()).hasSize(3);
    }

    @Test
    void singleChunkIsNotCopied() {
        byte[] chunk = new byte[40];
        log.append("alice", new byte[10]);
        log.append("alice", chunk);

        assertThat(log.read(0, AccountScope.ALL, 40).text()).hasSize(10);
        assertThat(log.read(1, AccountScope.of("alice"), 40).text()).isSameAs(chunk);
        assertThat(log.read(1, AccountScope.ALL, 20).text()).isSameAs(chunk);
    }

    private void append(String account, String text) {
        log.append(account, text.getBytes(StandardCharsets.US_ASCII));
    }

    private String read(AccountScope scope) {
        return new String(log.read(0, scope, ALL).text(), StandardCharsets.US_ASCII);
    }
}
