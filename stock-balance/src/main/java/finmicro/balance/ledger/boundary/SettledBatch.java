package finmicro.balance.ledger.boundary;

import finmicro.balance.ledger.entity.StockMove;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The balances after each settlement of a batch.
 *
 * @param balances in the order of the batch
 */
@Schema(description = "The balances after each settlement of a batch, in the order of the batch")
public record SettledBatch(List<SettledBalance> balances) {

    static SettledBatch of(List<StockMove> moves) {
        return new SettledBatch(moves.stream().map(SettledBalance::of).toList());
    }
}
