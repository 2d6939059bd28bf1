package finmicro.common.trading;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The side of an order. The names are the codes on the wire and in the tables. */
@Schema(description = "The side of an order", examples = "BUY")
public enum TradeType {
    BUY,
    SELL
}
