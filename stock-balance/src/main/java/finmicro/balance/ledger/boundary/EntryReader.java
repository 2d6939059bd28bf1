package finmicro.balance.ledger.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import finmicro.balance.ledger.boundary.EntryOutcomes.Outcome;
import finmicro.balance.ledger.control.Booking;
import finmicro.common.json.FieldError;
import finmicro.common.json.InvalidInput;
import finmicro.common.json.StrictJson;
import finmicro.common.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Reads the entries of a request, each for itself: one that is at fault does not hold up the others. */
final class EntryReader {

    private static final String ENTRIES = "entries";
    private static final int LONGEST_KEY = 100;

    /**
     * An entry of the request. One of booking and fault is null.
     *
     * @param fault the outcome of an entry that cannot be booked
     */
    record Entry(Booking booking, Outcome fault) {}

    private final StrictJson json;

    EntryReader(StrictJson json) {
        this.json = json;
    }

    /** @throws InvalidInput if the body is not an object with 1 to 100 entries */
    List<Entry> read(byte[] body) {
        JsonNode array = StrictJson.object(body).path(ENTRIES);
        if (!array.isArray()) {
            throw fault(array.isMissingNode() ? "is missing" : "must be an array");
        }
        if (array.isEmpty() || array.size() > EntryBatch.MOST) {
            throw fault("must be 1 to " + EntryBatch.MOST);
        }
        List<Entry> entries = new ArrayList<>();
        array.forEach(entry -> entries.add(read(entry)));
        return entries;
    }

    private static InvalidInput fault(String detail) {
        return new InvalidInput(List.of(new FieldError("/" + ENTRIES, detail)));
    }

    private Entry read(JsonNode entry) {
        try {
            return new Entry(json.read(entry, EntryRequest.class).booking(), null);
        } catch (InvalidInput e) {
            Problem problem = Problem.invalidInput(e.errors());
            return new Entry(null, new Outcome(key(entry), problem.status(), null, problem.type(), problem.detail()));
        }
    }

    private static String key(JsonNode entry) {
        String key = entry.path("key").textValue();
        return key == null || key.length() > LONGEST_KEY ? null : key;
    }
}
