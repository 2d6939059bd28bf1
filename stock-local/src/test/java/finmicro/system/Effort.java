package finmicro.system;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** How long the tests that break things go on: short in {@code verify}, long with {@code -Pchaos}. */
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

    /** How long things are broken at random; a round of all of them is finished in any case. */
    Duration chaos() {
        return chaos;
    }

    /** How long the database is held still in the chaos, at most. */
    Duration freeze() {
        return freeze;
    }

    /** How long each outage lasts through which nobody may be killed. */
    Duration outage() {
        return outage;
    }

    /** How long the services that keep accounts are killed; a round of it is finished in any case. */
    Duration accounts() {
        return accounts;
    }

    /** The seeds of {@code -Dchaos.seed=1,2,3}, or one that is new. */
    static List<Long> seeds() {
        String seeds = System.getProperty("chaos.seed", "");
        return seeds.isEmpty()
                ? List.of(ThreadLocalRandom.current().nextLong(1_000_000))
                : Stream.of(seeds.split(",")).map(Long::valueOf).toList();
    }
}
