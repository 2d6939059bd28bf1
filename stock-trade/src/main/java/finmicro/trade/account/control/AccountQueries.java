package finmicro.trade.account.control;

import finmicro.trade.account.entity.Position;
import finmicro.trade.account.entity.TradingAccount;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads accounts without a lock. */
@ApplicationScoped
public class AccountQueries {

    /**
     * A consistent snapshot of an account.
     *
     * @param positions ordered by stock code; only those with shares or reserved shares
     */
    public record Holdings(TradingAccount account, List<Position> positions) {}

    /** A change of an account at that time. */
    public record Change(String account, Instant at) {}

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** Returns the account if it exists. */
    @Transactional
    public Optional<Holdings> find(String account) {
        return holdings(List.of(account)).stream().findFirst();
    }

    /** Returns the accounts that exist. */
    @Transactional
    public List<Holdings> find(Collection<String> accounts) {
        return accounts.isEmpty() ? List.of() : holdings(accounts);
    }

    /** Reads in one statement: a fill committed between two would make cash and positions inconsistent. */
    private List<Holdings> holdings(Collection<String> accounts) {
        Map<String, Holdings> found = new LinkedHashMap<>();
        entities.createQuery(
                        "SELECT a, p FROM TradingAccount a LEFT JOIN Position p ON p.account = a.account"
                                + " WHERE a.account IN :accounts ORDER BY a.account, p.stockCode",
                        Object[].class)
                .setParameter("accounts", List.copyOf(accounts))
                .getResultStream()
                .forEach(row -> {
                    TradingAccount account = (TradingAccount) row[0];
                    List<Position> positions = found.computeIfAbsent(
                                    account.account(), id -> new Holdings(account, new ArrayList<>()))
                            .positions();
                    Optional.ofNullable((Position) row[1])
                            .filter(position -> position.quantity() != 0 || position.reservedQuantity() != 0)
                            .ifPresent(positions::add);
                });
        return List.copyOf(found.values());
    }

    /** Returns up to {@code limit} accounts that have changed since then, oldest change first. */
    @Transactional
    public List<Change> changedSince(Instant since, int limit) {
        return entities.createQuery(
                        "SELECT a.account, a.changedAt FROM TradingAccount a WHERE a.changedAt >= :since ORDER BY a.changedAt",
                        Object[].class)
                .setParameter("since", since.toEpochMilli())
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Change((String) row[0], Instant.ofEpochMilli((Long) row[1])))
                .toList();
    }
}
