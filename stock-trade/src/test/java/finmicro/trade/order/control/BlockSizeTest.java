package finmicro.trade.order.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockSizeTest {

    private long now = Long.MAX_VALUE - 1;

    @Test
    void growsWhileABlockLastsLessThanASecondUpToAThousand() {
        assertThat(sizes(new BlockSize(50), 7, Duration.ofMillis(10)))
                .containsExactly(50, 100, 200, 400, 800, 1000, 1000);
    }

    @Test
    void shrinksToTheMinimumWhileABlockLastsLonger() {
        BlockSize size = new BlockSize(50);
        sizes(size, 4, Duration.ofMillis(10));

        assertThat(sizes(size, 1, Duration.ofMillis(10))).containsExactly(800);
        assertThat(sizes(size, 6, Duration.ofMinutes(1))).containsExactly(1000, 500, 250, 125, 62, 50);
    }

    @Test
    void blockThatCouldNotBeTakenDoesNotChangeTheSize() {
        BlockSize size = new BlockSize(50);
        sizes(size, 1, Duration.ZERO);

        assertThat(size.next(now)).isEqualTo(100);
        assertThat(size.next(now)).isEqualTo(100);
    }

    @Test
    void minimumTakesPrecedenceOverTheMaximum() {
        assertThat(sizes(new BlockSize(10_000), 3, Duration.ofMillis(10))).containsOnly(10_000);
        assertThat(sizes(new BlockSize(1), 3, Duration.ofMillis(10))).containsExactly(1, 2, 4);
    }

    /** The sizes of consecutive blocks, each of which lasts this long. */
    private int[] sizes(BlockSize size, int blocks, Duration each) {
        int[] sizes = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            sizes[i] = size.next(now);
            size.taken(sizes[i], now);
            now += each.toNanos();
        }
        return sizes;
    }
}
