package finmicro.trade.order.entity;

import io.opentelemetry.context.Context;

/**
 * An order that has a trade number but is not accepted yet.
 *
 * @param account the account that it is for
 * @param key the client's {@code Idempotency-Key}, or null
 * @param context the trace of its request
 */
public record NumberedOrder(long tradeNo, String account, OrderRequest order, String key, Context context) {}
