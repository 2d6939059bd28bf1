package finmicro.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;

/** Requests other than orders, to load this JVM's classes; otherwise, class loading would delay the first orders. */
public final class WarmUp extends Simulation {

    private static final int REQUESTS = 200;

    /** For Gatling. */
    public WarmUp() {
        setUp(scenario("warm-up")
                        .exec(repeat(REQUESTS).on(http("root").get("/")))
                        .injectOpen(atOnceUsers(1)))
                .protocols(Orders.protocol());
    }
}
