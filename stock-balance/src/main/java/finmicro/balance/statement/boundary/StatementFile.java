package finmicro.balance.statement.boundary;

import finmicro.balance.ledger.entity.LedgerEntry;
import finmicro.balance.statement.control.Statement;
import finmicro.common.rest.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A statement as a CSV file of any length, in constant memory. It is read by pages, each in a transaction of its own: while a
 * slow client reads, no connection to the database is taken.
 */
final class StatementFile {

    static final int PAGE = 500;

    private final Statement statement;

    StatementFile(Statement statement) {
        this.statement = statement;
    }

    void write(Statement.Selection selection, OutputStream out) throws IOException {
        Csv csv = new Csv(out, Movement.columns());
        Statement.Selection next = selection;
        List<LedgerEntry> page;
        do {
            page = statement.newest(next, PAGE);
            for (LedgerEntry entry : page) {
                csv.row(Movement.of(entry).fields());
                next = next.before(entry.sequence());
            }
            csv.flush();
        } while (page.size() == PAGE);
    }
}
