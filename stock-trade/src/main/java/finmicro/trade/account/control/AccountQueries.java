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
     * An account at one moment.
     *
     * @param positions by stock code; only those with shares, or with shares reserved
     */
    public record Holdings(TradingAccount account, List<Position> positions) {}

    /** An account as it was after a change. */
    public record Change(String account, Instant at) {}

    @PersistenceContext(unitName = "trade")
    private EntityManager entities;

    /** The account, if it is opened. */
    @Transactional
    public Optional<Holdings> find(String account) {
        return holdings(List.of(account)).stream().findFirst();
    }

    /** Those of the accounts that are opened. */
    @Transactional
    public List<Holdings> find(Collection<String> accounts) {
        return accounts.isEmpty() ? List.of() : holdings(accounts);
    }

    /** One statement: between two, a fill could change cash and not yet the position that was read, or the other way round. */
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

    /** The accounts that have changed since then, the older changes first. */
    @Transactional
    public List<Change> changedSince(Instant since, int most) {
        return entities.createQuery(
                        "SELECT a.account, a.changedAt FROM TradingAccount a WHERE a.changedAt >= :since ORDER BY a.changedAt",
                        Object[].class)
                .setParameter("since", since.toEpochMilli())
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Change((String) row[0], Instant.ofEpochMilli((Long) row[1])))
                .toList();
    }
}
