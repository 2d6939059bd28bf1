package finmicro.balance.ledger.boundary;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of each entry.
 *
 * @param outcomes in the order of the request
 */
@Schema(description = "What became of each entry, in the order of the request")
public record EntryOutcomes(List<Outcome> outcomes) {

    /**
     * What became of one entry.
     *
     * @param key null if the entry has none that can be read
     * @param repeated null unless it is booked
     * @param type of the problem; null if it is booked
     * @param detail of the problem; null if it is booked
     */
    @Schema(name = "EntryOutcome", description = "What became of one entry")
    public record Outcome(
            @Schema(description = "Absent if the entry has no key", examples = "trade-9001")
            String key,

            @Schema(
                    description = "200: booked, now or before. 400: the entry is at fault. 409: the key or the trade"
                            + " number was booked with other content. 500: the entry could not be booked; the cause is in"
                            + " the log. 503: the account is locked; send the entry again later",
                    examples = "200")
            int status,

            @Schema(
                    description = "Absent unless the status is 200. Whether the entry had been booked before",
                    examples = "false")
            Boolean repeated,

            @Schema(
                    description = "Absent if the status is 200. The type of the problem",
                    examples = "urn:fin-micro:problem:settlement-conflict")
            String type,

            @Schema(description = "Absent if the status is 200. What is wrong, for people")
            String detail) {}
}
