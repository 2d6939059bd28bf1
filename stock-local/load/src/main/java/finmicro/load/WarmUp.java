package finmicro.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.Simulation;

/** Requests that are no orders, for this JVM to load its classes; else the first orders would wait for them. */
public final class WarmUp extends Simulation {

    private static final int REQUESTS = 200;

    /** As Gatling needs it. */
    public WarmUp() {
        setUp(scenario("warm-up")
                        .exec(repeat(REQUESTS).on(http("root").get("/")))
                        .injectOpen(atOnceUsers(1)))
                .protocols(Orders.protocol());
    }
}
