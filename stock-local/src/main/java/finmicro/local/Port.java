package finmicro.local;

import java.util.Locale;

/** The listening components, with their default ports. */
public enum Port {
    ITEMS(8080),
    TRADE(8081),
    BALANCE(8082),
    MARKET(8083),
    DATABASE(3307),
    SQS(9324),
    DYNAMODB(8000),
    SNS(4566),
    ZIPKIN(9411),
    OIDC(9000);

    private final int standard;

    Port(int standard) {
        this.standard = standard;
    }

    public int standard() {
        return standard;
    }

    /** The system property that chooses another port: {@code port.trade}. */
    public String property() {
        return "port." + label();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
