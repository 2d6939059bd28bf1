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

/** Sends orders to the system for a given time, and writes the results to a file. */
public final class Load {

    private Load() {}

    /**
     * Runs one load and exits.
     *
     * <p>The file has one JSON object: {@code orders} is the number of responses with status 201, {@code errors} that of all
     * other responses, {@code seconds} the time from the first request to the last response, {@code perSecond} the orders per
     * second. {@code p50Millis}, {@code p99Millis} and {@code maxMillis} are latencies, including those of errors.
     *
     * @param arguments {@code --url http://127.0.0.1:8081 --seconds 20 --result file.json}, and either
     *     {@code --connections 32} for a closed loop of 32 users, each sending an order after the previous response; or
     *     {@code --rate 300} for an open loop of 300 orders per second, independent of response times. {@code --rate 300,400}
     *     runs these rates one after the other, {@code --seconds} each. With {@code --accounts 1000}, orders buy for 1000
     *     accounts; otherwise, they buy and sell for the account main.
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        var plan = Plan.of(arguments);
        var responses = new Responses();
        Orders.prepare(plan, responses);
        run(WarmUp.class, Orders.class);
        Files.writeString(plan.result(), responses.json());
        System.exit(0);
    }

    /** One thread sends all requests, so responses are counted without locks. */
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

    /** Gatling's {@code main} checks Maven Central for a newer version, which cannot be turned off. */
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
            // no version check
        }
    }
}
