package finmicro.load;

import io.gatling.app.Runner;
import io.gatling.commons.util.DefaultClock;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.cli.GatlingArgs;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.javaapi.core.Simulation;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Files;
import scala.Option;

/** Sends orders to the system for a while, and writes what became of them to a file. */
public final class Load {

    private Load() {}

    /**
     * Runs one load and ends.
     *
     * <p>The file has one JSON object: the {@code orders} that were answered 201, the number of {@code errors}, which is all
     * others, the {@code seconds} from the first order's start to the last one's answer, the orders {@code perSecond}, and
     * how long they took, all and errors too: {@code p50Millis}, {@code p99Millis}, {@code maxMillis}.
     *
     * @param arguments {@code --url http://127.0.0.1:8081 --seconds 20 --result file.json}, and either
     *     {@code --connections 32} for so many users, each sending an order when its last was answered, or {@code --rate
     *     300} for so many orders a second, however long their answers take; {@code --rate 300,400} for these rates one
     *     after the other, {@code --seconds} each; with {@code --accounts 1000} they buy for so many accounts, otherwise
     *     they buy and sell for main
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        var plan = Plan.of(arguments);
        var answers = new Answers();
        Orders.prepare(plan, answers);
        run(WarmUp.class, Orders.class);
        Files.writeString(plan.result(), answers.json());
        System.exit(0);
    }

    /** One thread sends everything, so the answers are counted without locks. */
    @SafeVarargs
    private static void run(Class<? extends Simulation>... simulations) {
        var configuration = GatlingConfiguration.load();
        var thread = Transports.newEventLoopGroup(configuration.netty().useNativeTransport(), false, 1, "gatling");
        try {
            for (var simulation : simulations) {
                try (var actors = new ActorSystem()) {
                    new OfflineRunner(simulation, actors, thread, configuration).run();
                }
            }
        } finally {
            thread.shutdownGracefully();
        }
    }

    /** Gatling's own {@code main} asks Maven Central for its newest version, knows no option for it, and keeps the answer. */
    private static final class OfflineRunner extends Runner {

        OfflineRunner(
                Class<? extends Simulation> simulation,
                ActorSystem actors,
                EventLoopGroup thread,
                GatlingConfiguration configuration) {
            super(actors, thread, new DefaultClock(), arguments(simulation), configuration);
        }

        private static GatlingArgs arguments(Class<? extends Simulation> simulation) {
            return new GatlingArgs(
                    Option.apply(simulation.getName()),
                    Option.empty(),
                    true,
                    Option.empty(),
                    Option.empty(),
                    Option.empty(),
                    Option.empty());
        }

        @Override
        public void displayVersionWarning() {
            // nothing is asked
        }
    }
}
