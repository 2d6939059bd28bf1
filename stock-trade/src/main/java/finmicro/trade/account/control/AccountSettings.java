package finmicro.trade.account.control;

import finmicro.common.config.Settings;

/**
 * How the service keeps accounts.
 *
 * @param checksBuyingPower whether orders are checked against buying power and positions; if not, the service keeps no accounts. Not
 *     possible with the old stock-balance
 * @param opensAutomatically whether the first write to an account opens it; otherwise only an operator can
 * @param openingCash of an account that is opened automatically or by an operator, in whole yen
 */
public record AccountSettings(boolean checksBuyingPower, boolean opensAutomatically, long openingCash) {

    /** Reads {@code BUYING_POWER}, {@code ACCOUNT_OPENING} and {@code OPENING_CASH}. */
    public static AccountSettings of(Settings settings) {
        return new AccountSettings(
                settings.oneOf("BUYING_POWER", "on", "off").equals("on"),
                settings.oneOf("ACCOUNT_OPENING", "auto", "manual").equals("auto"),
                settings.whole("OPENING_CASH", 10_000_000, 0, 1_000_000_000));
    }
}
