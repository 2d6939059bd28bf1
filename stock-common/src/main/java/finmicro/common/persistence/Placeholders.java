package finmicro.common.persistence;

import java.util.Collection;
import java.util.Collections;

/** Placeholders for an SQL list. */
public final class Placeholders {

    private Placeholders() {}

    /** One placeholder per value: {@code ?, ?, ?}. */
    public static String of(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }
}
