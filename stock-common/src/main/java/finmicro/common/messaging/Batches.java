package finmicro.common.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Splits a list into batches of {@link Publisher#BATCH}, and numbers their entries. */
final class Batches {

    private Batches() {}

    static <T> List<List<T>> of(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Publisher.BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + Publisher.BATCH)));
        }
        return batches;
    }

    /** One entry per element; its ID is the index within the batch. */
    static <T, E> List<E> indexed(List<T> batch, BiFunction<String, T, E> entry) {
        List<E> entries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            entries.add(entry.apply(Integer.toString(i), batch.get(i)));
        }
        return entries;
    }
}
