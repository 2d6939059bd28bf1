package finmicro.system;

import java.util.Locale;
import java.util.Set;

/** Which accounts an operation is about, and what it answers to a caller who names one. */
enum AccountRule {
    /** It is not about an account. */
    NONE,

    /** Any account: its roles are for that. */
    ANY,

    /** One account. */
    ONE,

    /** One account or, for an operator, all. */
    SCOPE,

    /** A trade, of one account or any. */
    TRADE,

    /** A new order for the caller's own account. */
    PLACE;

    /** An account that a caller names; the caller's own is {@code alice}. */
    enum Named {
        NOBODY(null),
        OWN("alice"),
        OTHER("bob"),
        OTHER_CASE("Alice"),
        MAIN("main"),
        UNKNOWN("nobody-has-this-one"),
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

        /** Null if none is named. */
        String text() {
            return text;
        }

        private boolean isMalformed() {
            return ordinal() >= EMPTY.ordinal();
        }

        private boolean isAnothers() {
            return !isMalformed() && this != NOBODY && this != OWN;
        }
    }

    static AccountRule of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether a customer is limited to one account. */
    boolean isLimited() {
        return this != NONE && this != ANY;
    }

    /** The statuses with which it may answer to a caller of that role, who may call it. */
    Set<Integer> expected(String role, Named named) {
        boolean operator = role.equals("operator");
        if (named.isMalformed() || (operator && this == ONE && named == Named.NOBODY)) {
            return Set.of(400);
        }
        if (!operator && named.isAnothers()) {
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
