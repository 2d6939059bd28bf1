package finmicro.common.persistence;

import java.util.Collection;
import java.util.Collections;

/** The placeholders of an SQL list. */
public final class Placeholders {

    private Placeholders() {}

    /** One for each value: {@code ?, ?, ?}. */
    public static String of(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }
}
