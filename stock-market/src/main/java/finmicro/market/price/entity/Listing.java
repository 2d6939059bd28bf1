package finmicro.market.price.entity;

/**
 * The stock that the market publishes prices of.
 *
 * @param firstPrice center of the drawn prices, in yen
 * @param intervalMinutes interval between prices, 1 to 60 minutes
 */
public record Listing(String stockCode, String stockName, int firstPrice, int intervalMinutes) {}
