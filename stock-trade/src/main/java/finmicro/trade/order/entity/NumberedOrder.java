package finmicro.trade.order.entity;

import io.opentelemetry.context.Context;

/**
 * An order that has its number and is about to be accepted.
 *
 * @param account the account that it is for
 * @param key the client's {@code Idempotency-Key}, or null
 * @param context its trace
 */
public record NumberedOrder(long tradeNo, String account, OrderRequest order, String key, Context context) {}
