package finmicro.system;

import java.util.Locale;
import java.util.Set;

/** The accounts an operation applies to, and its responses to a caller that names one. */
enum AccountRule {
    /** Applies to no account. */
    NONE,

    /** Any account; the roles of the operation allow that. */
    ANY,

    /** One account. */
    ONE,

    /** One account or, for an operator, all. */
    SCOPE,

    /** A trade, of one account or any. */
    TRADE,

    /** A new order for the caller's own account. */
    PLACE;

    /** An account that a caller names. The caller's own account is {@code alice}. */
    enum Named {
        MISSING(null),
        OWN("alice"),
        OTHER("bob"),
        OTHER_CASE("Alice"),
        MAIN("main"),
        UNKNOWN("unknown-account"),
        EMPTY(""),
        BLANK(" "),
        TOO_LONG("x".repeat(65)),
        CONTROL_CHARACTER("alice\u0000"),
        FULL_WIDTH("\uff41lice"),
        SQL("alice' OR '1'='1");

        private final String text;

        Named(String text) {
            this.text = text;
        }

        /** Null if no account is named. */
        String text() {
            return text;
        }

        private boolean isMalformed() {
            return ordinal() >= EMPTY.ordinal();
        }

        private boolean isForeign() {
            return !isMalformed() && this != MISSING && this != OWN;
        }
    }

    static AccountRule of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a customer is limited to one account. */
    boolean isLimited() {
        return this != NONE && this != ANY;
    }

    /** Allowed response statuses for a caller with that role, which the operation allows. */
    Set<Integer> expected(String role, Named named) {
        boolean operator = role.equals("operator");
        if (named.isMalformed() || (operator && this == ONE && named == Named.MISSING)) {
            return Set.of(400);
        }
        if (!operator && named.isForeign()) {
            return Set.of(403);
        }
        return switch (this) {
            case TRADE -> Set.of(404);
            case PLACE -> Set.of(201);
            // Without an order, an account may not be open yet.
            case ONE -> Set.of(200, 404);
            default -> Set.of(200);
        };
    }
}
