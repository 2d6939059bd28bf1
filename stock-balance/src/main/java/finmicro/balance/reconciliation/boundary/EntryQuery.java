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
        @Size(min = 1, max = MOST, message = "must be 1 to " + MOST)
        List<@Pattern(regexp = "[!-~]{1,100}", message = "must be 1 to 100 visible ASCII characters") String> keys) {

    static final int MOST = 500;
}
