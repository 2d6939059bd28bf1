package finmicro.market.price.entity;

/**
 * The stock that is priced here.
 *
 * @param firstPrice yen, around which its price is drawn
 * @param everyMinutes how often it is priced, 1 to 60
 */
public record Listing(String stockCode, String stockName, int firstPrice, int everyMinutes) {}
