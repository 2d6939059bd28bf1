package finmicro.balance.ledger.control;

import finmicro.balance.ledger.entity.ContractBatch;
import finmicro.balance.ledger.entity.ContractTrade;
import finmicro.common.telemetry.TraceContext;
import io.opentelemetry.context.Context;

/**
 * A trade to be settled.
 *
 * @param trace the context that its settlement belongs to; the root for none
 */
public record Settlement(ContractTrade trade, Context trace) {

    /** One that is asked for alone: it belongs to the trace of the request. */
    public static Settlement of(ContractTrade trade) {
        return new Settlement(trade, Context.current());
    }

    /** One of a batch: each brings its trace along. */
    public static Settlement of(ContractBatch.Entry entry) {
        return new Settlement(entry.contract(), TraceContext.of(entry.traceparent()));
    }

    long tradeNo() {
        return trade.tradeNo();
    }
}
