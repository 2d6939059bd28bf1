package finmicro.common.trading;

import java.util.regex.Pattern;

/** The rules for account IDs. */
public final class Account {

    /** The default account: for callers that name no account, and for legacy programs without accounts. */
    public static final String MAIN = "main";

    /** An account ID as a regular expression. Case-sensitive. */
    public static final String FORM = "[A-Za-z0-9._:@-]{1,64}";

    /** Error message for an invalid account ID. */
    public static final String RULE = "must be 1 to 64 letters, digits or . _ : @ -";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Account() {}

    /** Whether the text is a valid account ID; false for null. */
    public static boolean isValid(String text) {
        return text != null && PATTERN.matcher(text).matches();
    }
}
