package finmicro.system;

import java.util.Random;

/** The seed of what a generator makes up: another each time, and printed, unless {@code -Dfuzz.seed=} repeats one. */
final class Seed {

    private static final System.Logger LOG = System.getLogger(Seed.class.getName());

    private Seed() {}

    /** @param what that the seed decides about, for the log */
    static Random random(String what) {
        long seed = Long.getLong("fuzz.seed", new Random().nextInt(1_000_000_000));
        LOG.log(System.Logger.Level.INFO, "{0}: -Dfuzz.seed={1}", what, Long.toString(seed));
        return new Random(seed);
    }
}
