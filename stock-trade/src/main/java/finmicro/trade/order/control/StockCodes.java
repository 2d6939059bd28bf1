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
 * Caches the stock codes of stock-items. It loads all codes at start and refreshes them; if stock-items is unavailable, the cached
 * ones stay valid. A code that is not cached is looked up, as are all codes of an old stock-items, which has no list. The service is
 * not ready before the first response of stock-items.
 */
@ApplicationScoped
public class StockCodes implements Worker {

    private static final Duration REFRESH = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(2);

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

    /** Without stock codes, every order fails with 503. */
    @Override
    public boolean required() {
        return true;
    }

    @Override
    public void run(WorkerContext context) {
        context.repeat(REFRESH, RETRY, () -> items.codes().ifPresent(this::replace));
    }

    private void replace(List<String> loaded) {
        Set<String> cache = ConcurrentHashMap.newKeySet();
        cache.addAll(loaded);
        codes = cache;
    }

    /**
     * Checks that there is a stock with this code.
     *
     * @throws InvalidInput if there is no such stock
     * @throws finmicro.common.problem.ProblemException 503 if the code is not cached and stock-items is unavailable
     */
    public void check(String code) {
        if (!codes.contains(code)) {
            if (!exists(code)) {
                throw new InvalidInput(List.of(new FieldError("/stockCode", "no stock has the code " + code)));
            }
            codes.add(code);
        }
    }

    private boolean exists(String code) {
        try {
            return items.has(code);
        } catch (RuntimeException e) {
            throw Problem.unavailable("The stock code " + code + " could not be checked. Try again.")
                    .exception();
        }
    }
}
