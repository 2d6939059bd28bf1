package finmicro.trade.order.control;

import finmicro.common.problem.Problem;
import finmicro.common.telemetry.LogContext;
import finmicro.common.telemetry.Telemetry;
import finmicro.trade.order.entity.NumberedOrder;
import finmicro.trade.order.entity.OrderRequest;
import finmicro.trade.order.entity.Trade;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Places an order: checks its Idempotency-Key and its stock, takes a trade number, and has it accepted. */
@ApplicationScoped
public class PlaceOrder {

    private final IdempotencyKeys keys;
    private final StockCodes codes;
    private final TradeNumbers numbers;
    private final OrderIntake intake;

    @Inject
    public PlaceOrder(IdempotencyKeys keys, StockCodes codes, TradeNumbers numbers, OrderIntake intake) {
        this.keys = keys;
        this.codes = codes;
        this.numbers = numbers;
        this.intake = intake;
    }

    /**
     * Places the order, unless the key was used before.
     *
     * @param key the client's identifier for this order, unique within the account
     * @return the new trade, or the trade of the earlier order with the same key
     * @throws finmicro.common.json.InvalidInput if the stock does not exist
     * @throws finmicro.common.problem.ProblemException 422 if the key was used for a different order, or as
     *     {@link OrderIntake#accept}; 503 if a dependency is unavailable
     */
    public Trade place(String account, OrderRequest order, Optional<String> key) {
        Trade trade = key.flatMap(text -> keys.trade(account, text))
                .orElseGet(() -> accept(account, order, key.orElse(null)));
        Span.current().setAttribute(Telemetry.TRADE_NO, trade.tradeNo());
        if (!trade.isOf(order)) {
            throw Problem.keyReused(trade.tradeNo()).exception();
        }
        return trade;
    }

    /** The trade number is taken before the transaction, so an unused number leaves a gap. */
    private Trade accept(String account, OrderRequest order, String key) {
        codes.check(order.stockCode());
        long tradeNo = numbers.next();
        return LogContext.of(tradeNo)
                .wrapSupplier(() -> intake.accept(new NumberedOrder(tradeNo, account, order, key, Context.current())))
                .get();
    }
}
