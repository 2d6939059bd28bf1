package finmicro.trade.order.entity;

import io.opentelemetry.context.Context;

/**
 * An order that has its number, on its way to be accepted.
 *
 * @param context its trace
 */
public record NumberedOrder(long tradeNo, OrderRequest order, Context context) {}
