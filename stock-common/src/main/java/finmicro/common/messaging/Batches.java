package finmicro.common.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Cuts a list into what one batch call takes, and numbers its entries. */
final class Batches {

    private Batches() {}

    static <T> List<List<T>> of(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Publisher.BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + Publisher.BATCH)));
        }
        return batches;
    }

    /**
     * Sends messages batch by batch.
     *
     * @param entry a batch's entry of an id and its message
     * @param call sends a batch's entries, and returns those not taken under their entry's id
     * @return those not taken, under the message's own id
     */
    static <E> List<Undelivered> send(
            List<Outgoing> messages, BiFunction<String, Outgoing, E> entry, Function<List<E>, List<Undelivered>> call) {
        List<Undelivered> undelivered = new ArrayList<>();
        for (List<Outgoing> batch : of(messages)) {
            for (Undelivered failed : call.apply(indexed(batch, entry))) {
                String id = batch.get(Integer.parseInt(failed.id())).id();
                undelivered.add(new Undelivered(id, failed.refused(), failed.reason()));
            }
        }
        return undelivered;
    }

    /** An entry for each, its id being the index within the batch. */
    static <T, E> List<E> indexed(List<T> batch, BiFunction<String, T, E> entry) {
        List<E> entries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            entries.add(entry.apply(Integer.toString(i), batch.get(i)));
        }
        return entries;
    }
}
