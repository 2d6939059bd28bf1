package finmicro.trade.order.control;

import finmicro.common.config.Settings;

/**
 * How trade numbers are taken from the counter.
 *
 * @param table name of the counter's table in DynamoDB
 * @param minimumBlock minimum number of trade numbers per block
 */
public record TradeNumberSettings(String table, int minimumBlock) {

    /** Reads {@code TRADE_NUMBER_TABLE} and {@code TRADE_NUMBER_BLOCK}. */
    public static TradeNumberSettings of(Settings settings) {
        return new TradeNumberSettings(
                settings.optional("TRADE_NUMBER_TABLE").orElse("StockTrade.max_number"),
                settings.whole("TRADE_NUMBER_BLOCK", 50, 1, 10_000));
    }
}
