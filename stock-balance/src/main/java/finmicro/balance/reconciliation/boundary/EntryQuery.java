package finmicro.balance.reconciliation.boundary;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Asks for entries by their keys.
 *
 * @param keys 1 to 500
 */
@Schema(description = "Asks for entries by their keys")
public record EntryQuery(
        @Size(min = 1, max = MAX_KEYS, message = "must be 1 to " + MAX_KEYS)
        List<@Pattern(regexp = "[!-~]{1,100}", message = "must be 1 to 100 visible ASCII characters") String> keys) {

    static final int MAX_KEYS = 500;
}
