package finmicro.system;

import java.util.Random;

/** The seed of a generator: random and logged, unless set by {@code -Dfuzz.seed=}. */
final class Seed {

    private static final System.Logger LOG = System.getLogger(Seed.class.getName());

    private Seed() {}

    /** @param what user of the seed, for the log */
    static Random random(String what) {
        long seed = Long.getLong("fuzz.seed", new Random().nextInt(1_000_000_000));
        LOG.log(System.Logger.Level.INFO, "{0}: -Dfuzz.seed={1}", what, Long.toString(seed));
        return new Random(seed);
    }
}
