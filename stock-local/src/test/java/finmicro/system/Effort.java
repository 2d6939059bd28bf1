package finmicro.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Duration of the fault injection tests: short in {@code verify}, long with {@code -Pchaos}. */
enum Effort {
    SHORT(Duration.ofSeconds(30), Duration.ofSeconds(6), Duration.ofSeconds(20), Duration.ofSeconds(20)),
    LONG(Duration.ofSeconds(120), Duration.ofSeconds(20), Duration.ofSeconds(90), Duration.ofSeconds(120));

    private final Duration chaos;
    private final Duration freeze;
    private final Duration outage;
    private final Duration accounts;

    Effort(Duration chaos, Duration freeze, Duration outage, Duration accounts) {
        this.chaos = chaos;
        this.freeze = freeze;
        this.outage = outage;
        this.accounts = accounts;
    }

    static Effort ofThisBuild() {
        return "long".equals(System.getProperty("chaos")) ? LONG : SHORT;
    }

    /** Minimum time of random faults. The current round of all faults is always completed. */
    Duration chaos() {
        return chaos;
    }

    /** Maximum time that the database is frozen in the chaos test. */
    Duration freeze() {
        return freeze;
    }

    /** Duration of each outage that must not end any process. */
    Duration outage() {
        return outage;
    }

    /** Minimum time in which the services that keep accounts are killed. The current round is always completed. */
    Duration accounts() {
        return accounts;
    }

    /** The seeds of {@code -Dchaos.seed=1,2,3}, or a random one. */
    static List<Long> seeds() {
        String seeds = System.getProperty("chaos.seed", "");
        return seeds.isEmpty()
                ? List.of(ThreadLocalRandom.current().nextLong(1_000_000))
                : Stream.of(seeds.split(",")).map(Long::valueOf).toList();
    }
}
