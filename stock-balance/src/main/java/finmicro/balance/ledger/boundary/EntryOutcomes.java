package finmicro.balance.ledger.boundary;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The outcome of each entry.
 *
 * @param outcomes in the order of the request
 */
@Schema(description = "The outcome of each entry, in the order of the request")
public record EntryOutcomes(List<Outcome> outcomes) {

    /**
     * The outcome of one entry.
     *
     * @param key null if the entry has no readable key
     * @param repeated whether the entry was booked before; null unless it is booked
     * @param type problem type; null if the entry is booked
     * @param detail problem detail; null if the entry is booked
     */
    @Schema(name = "EntryOutcome", description = "The outcome of one entry")
    public record Outcome(
            @Schema(description = "Absent if the entry has no key", examples = "trade-9001")
            String key,

            @Schema(
                    description =
                            "200: booked, by this or an earlier request. 400: the entry is invalid. 409: the key or trade"
                                    + " number was booked with different content. 500: booking failed; the log has the cause."
                                    + " 503: the account is locked; retry later",
                    examples = "200")
            int status,

            @Schema(
                    description = "Absent unless the status is 200. Whether an earlier request booked the entry",
                    examples = "false")
            Boolean repeated,

            @Schema(
                    description = "Absent if the status is 200. The problem type",
                    examples = "urn:fin-micro:problem:settlement-conflict")
            String type,

            @Schema(description = "Absent if the status is 200. The problem in plain language")
            String detail) {}
}
