package finmicro.common.trading;

import java.util.regex.Pattern;

/** The rules of account ids. */
public final class Account {

    /** The account of a caller that names none, and of the programs that know no accounts. */
    public static final String MAIN = "main";

    /** An account id, as a regular expression. Case matters. */
    public static final String FORM = "[A-Za-z0-9._:@-]{1,64}";

    /** What an account id must be, for the caller. */
    public static final String RULE = "must be 1 to 64 letters, digits or . _ : @ -";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Account() {}

    /** Whether the text is an account id; null is not. */
    public static boolean isValid(String text) {
        return text != null && PATTERN.matcher(text).matches();
    }
}
