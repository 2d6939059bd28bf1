package finmicro.trade.order.control;

import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import finmicro.common.lifecycle.Worker;
import finmicro.common.lifecycle.WorkerContext;
import finmicro.common.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stock codes there are, as stock-items has them. They are loaded at start and now and then; the last ones stay
 * valid while stock-items is away. A code that is not among them is asked for, as is every code of an old stock-items, which
 * has no list. The service is not ready before stock-items answered once, with or without a list.
 */
@ApplicationScoped
public class StockCodes implements Worker {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration LOAD_AGAIN = Duration.ofSeconds(2);

    private final ItemsGateway items;
    private volatile Set<String> codes = ConcurrentHashMap.newKeySet();

    @Inject
    public StockCodes(ItemsGateway items) {
        this.items = items;
    }

    @Override
    public String name() {
        return "stock-codes";
    }

    /** Without stock-items every order is answered with 503. */
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public void run(WorkerContext worker) {
        while (worker.running()) {
            Duration pause = LOAD_AGAIN;
            try {
                items.codes().ifPresent(this::replace);
                worker.answered();
                pause = REFRESH;
            } catch (RuntimeException e) {
                worker.failed(e);
            }
            worker.resting();
            worker.pause(pause);
        }
    }

    private void replace(List<String> listed) {
        Set<String> loaded = ConcurrentHashMap.newKeySet();
        loaded.addAll(listed);
        codes = loaded;
    }

    /**
     * @throws InvalidInput when there is no such stock
     * @throws finmicro.common.problem.ProblemException 503 when that cannot be told, since stock-items is away
     */
    public void check(String code) {
        if (!codes.contains(code)) {
            if (!known(code)) {
                throw new InvalidInput(List.of(new FieldError("/stockCode", "no stock has the code " + code)));
            }
            codes.add(code);
        }
    }

    private boolean known(String code) {
        try {
            return items.has(code);
        } catch (RuntimeException e) {
            throw Problem.unavailable("whether there is a stock " + code + " cannot be told")
                    .exception();
        }
    }
}
