package finmicro.common.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import finmicro.common.lifecycle.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    private static final int BYTES = 100;

    private final ManualClock clock = new ManualClock();
    private final RequestBody requestBody = new RequestBody(clock);

    /** A body of {@value #BYTES} bytes that arrive at this interval. */
    private final class Slow extends InputStream {

        private final Duration each;
        private int sent;

        Slow(Duration each) {
            this.each = each;
        }

        @Override
        public int read() {
            if (sent == BYTES) {
                return -1;
            }
            clock.advance(each);
            sent++;
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int next = read();
            if (next < 0) {
                return -1;
            }
            into[offset] = (byte) next;
            return 1;
        }
    }

    @Test
    void bodyThatTakesTenSecondsIsRead() throws IOException {
        assertThat(requestBody.read(new Slow(Duration.ofMillis(100)))).hasSize(BYTES);
    }

    @Test
    void bodyThatTakesLongerThanTenSecondsIsAborted() {
        Slow slow = new Slow(Duration.ofMillis(200));

        assertThatThrownBy(() -> requestBody.read(slow)).isInstanceOf(IOException.class);

        assertThat(slow.sent).isEqualTo(51);
    }

    @Test
    void settingTheWallClockHasNoEffect() throws IOException {
        InputStream body = new InputStream() {
            private int sent;

            @Override
            public int read() {
                clock.jump(Duration.ofMinutes(2));
                return sent++ < 3 ? 'x' : -1;
            }
        };

        assertThat(requestBody.read(body)).hasSize(3);
    }
}
