package finmicro.trade.order.control;

import finmicro.common.config.Settings;

/**
 * How trade numbers are taken from the counter.
 *
 * @param minimumBlock minimum number of trade numbers per block
 */
public record TradeNumberSettings(int minimumBlock) {

    /** Reads {@code TRADE_NUMBER_BLOCK}. */
    public static TradeNumberSettings of(Settings settings) {
        return new TradeNumberSettings(settings.whole("TRADE_NUMBER_BLOCK", 50, 1, 10_000));
    }
}
