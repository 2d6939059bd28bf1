package finmicro.common.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventLogTest {

    private final EventLog log = new EventLog(100);

    @Test
    void keepsTheLatestChunksWithinItsLimit() {
        for (int i = 0; i < 1_000; i++) {
            log.append(new byte[40]);
        }

        assertThat(log.bytes()).isEqualTo(80);
        assertThat(log.at(997)).isNull();
        assertThat(log.at(998)).hasSize(40);
        assertThat(log.isBehind(999)).isTrue();
        assertThat(log.isBehind(1_000)).isFalse();
    }

    @Test
    void keepsNothingOfAChunkThatIsLargerThanItsLimit() {
        long position = log.end();
        log.append(new byte[101]);

        assertThat(log.bytes()).isZero();
        assertThat(log.isBehind(position)).isTrue();
        assertThat(log.at(position)).isNull();
    }

    @Test
    void whoeverWasUpToDateIsBehindAfterADrop() {
        log.append(new byte[10]);
        long upToDate = log.end();

        log.drop();

        assertThat(log.isBehind(upToDate)).isTrue();
        assertThat(log.at(upToDate)).isNull();
        assertThat(log.isBehind(log.end())).isFalse();
    }
}
