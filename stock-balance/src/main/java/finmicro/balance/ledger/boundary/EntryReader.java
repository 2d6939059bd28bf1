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

/** Parses and validates the entries of a request one by one, so that an invalid entry does not reject the others. */
final class EntryReader {

    private static final String ENTRIES = "entries";
    private static final int MAX_KEY_LENGTH = 100;

    /**
     * An entry of the request: either a valid booking or a rejection. The other one is null.
     *
     * @param rejection the outcome of an invalid entry
     */
    record Entry(Booking booking, Outcome rejection) {}

    private final StrictJson json;

    EntryReader(StrictJson json) {
        this.json = json;
    }

    /** @throws InvalidInput if the body is not an object with 1 to 100 entries */
    List<Entry> read(byte[] body) {
        JsonNode array = StrictJson.object(body).path(ENTRIES);
        if (!array.isArray()) {
            throw invalid(array.isMissingNode() ? "is missing" : "must be an array");
        }
        if (array.isEmpty() || array.size() > EntryBatch.MAX_ENTRIES) {
            throw invalid("must be 1 to " + EntryBatch.MAX_ENTRIES);
        }
        List<Entry> entries = new ArrayList<>();
        array.forEach(entry -> entries.add(read(entry)));
        return entries;
    }

    private static InvalidInput invalid(String detail) {
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
        return key == null || key.length() > MAX_KEY_LENGTH ? null : key;
    }
}
