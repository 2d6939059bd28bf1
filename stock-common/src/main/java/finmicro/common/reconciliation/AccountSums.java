package finmicro.common.reconciliation;

import finmicro.common.reconciliation.AccountCheck.Checked;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares an account with the sum of its entries. The sum up to a checkpoint is stored, so that only later entries are read. A
 * single statement reads the account and its entries, which gives a consistent snapshot without a lock: even a busy account can
 * be checked, and no booking is delayed.
 */
public final class AccountSums {

    /** Maximum number of entries that one statement sums up. */
    public static final int MAX_ENTRIES = 10_000;

    private static final String SEQUENCE = "sequence";

    private static final String BEGIN =
            "INSERT INTO account_checkpoints (account, item, total) VALUES (?1, 'sequence', 0)"
                    + " ON DUPLICATE KEY UPDATE total = total";

    /** Locking the sequence row protects the account's other checkpoint rows. Only checks lock it. */
    private static final String LOCK =
            "SELECT total FROM account_checkpoints WHERE account = ?1 AND item = 'sequence' FOR UPDATE";

    private static final String READ = "SELECT item, total FROM account_checkpoints WHERE account = ?1";

    private static final String MOVE = "INSERT INTO account_checkpoints (account, item, total) VALUES (?1, ?2, ?3)"
            + " ON DUPLICATE KEY UPDATE total = VALUES(total)";

    private final String next;
    private final String statement;
    private final int maxEntries;

    /**
     * @param table has a row for each account
     * @param statement reads rows of a side, a stock code or an empty text, yen, shares, and a number: {@code ACTUAL} (the
     *     account, with its last sequence as the number, and its holdings), {@code ENTRIES} (with their count), {@code RESERVED}
     *     and {@code NEEDED} (what is reserved, and what it should be). Its parameters are the account, and the first and the
     *     last sequence of the entries: after that one, up to this one
     */
    public AccountSums(String table, String statement) {
        this(table, statement, MAX_ENTRIES);
    }

    AccountSums(String table, String statement, int maxEntries) {
        this.next = "SELECT account FROM " + table + " WHERE account > ?1 ORDER BY account";
        this.statement = statement;
        this.maxEntries = maxEntries;
    }

    /** The next accounts in order of their IDs, up to {@code max}. */
    @SuppressWarnings("unchecked")
    public List<String> accounts(EntityManager entities, String after, int max) {
        return query(entities, next, after).setMaxResults(max).getResultList();
    }

    /** Checks an account, and advances its checkpoint if it matches its entries, within the caller's transaction. */
    public Checked check(EntityManager entities, String account) {
        Map<String, Long> checkpoint = checkpoint(entities, account);
        long from = checkpoint.get(SEQUENCE);
        List<Object[]> rows = rows(query(entities, statement, account, from, from + maxEntries));
        if (rows.stream().noneMatch(row -> row[0].equals("ACTUAL") && "".equals(row[1]))) {
            // The account main was deleted, and will be imported again.
            return new Checked(true, 0, List.of());
        }
        long last = number(rows, "ACTUAL");
        long upTo = Math.min(last, from + maxEntries);
        long counted = number(rows, "ENTRIES");
        List<Difference> differences = new ArrayList<>();
        if (from + counted != upTo) {
            differences.add(new Difference(account, SEQUENCE, from + counted, upTo));
        }
        Map<String, Long> expected = new TreeMap<>(checkpoint);
        expected.remove("since");
        expected.remove(SEQUENCE);
        add(expected, rows, "ENTRIES", "");
        boolean complete = last <= from + maxEntries;
        if (complete) {
            differences.addAll(compare(account, expected, rows));
        }
        if (differences.isEmpty() && counted > 0) {
            expected.put(SEQUENCE, upTo);
            expected.forEach((item, total) -> move(entities, account, item, total, checkpoint.get(item)));
        }
        return new Checked(complete || !differences.isEmpty(), counted, differences);
    }

    private static Map<String, Long> checkpoint(EntityManager entities, String account) {
        if (query(entities, LOCK, account).getResultList().isEmpty()) {
            query(entities, BEGIN, account).executeUpdate();
        }
        Map<String, Long> checkpoint = new TreeMap<>();
        rows(query(entities, READ, account)).forEach(row -> checkpoint.put((String) row[0], number(row[1])));
        return checkpoint;
    }

    private static List<Difference> compare(String account, Map<String, Long> sums, List<Object[]> rows) {
        Map<String, Long> expected = new TreeMap<>(sums);
        Map<String, Long> actual = new TreeMap<>();
        add(expected, rows, "NEEDED", "reserved ");
        add(actual, rows, "ACTUAL", "");
        add(actual, rows, "RESERVED", "reserved ");
        TreeSet<String> items = new TreeSet<>(expected.keySet());
        items.addAll(actual.keySet());
        return items.stream()
                .map(item ->
                        new Difference(account, item, expected.getOrDefault(item, 0L), actual.getOrDefault(item, 0L)))
                .filter(difference -> !difference.expected().equals(difference.actual()))
                .toList();
    }

    private static void add(Map<String, Long> sums, List<Object[]> rows, String side, String prefix) {
        for (Object[] row : rows) {
            if (row[0].equals(side)) {
                sums.merge(prefix + "cash", number(row[2]), Math::addExact);
                if (!"".equals(row[1])) {
                    sums.merge(prefix + "shares " + row[1], number(row[3]), Math::addExact);
                }
            }
        }
    }

    private static long number(List<Object[]> rows, String side) {
        return rows.stream()
                .filter(row -> row[0].equals(side))
                .mapToLong(row -> number(row[4]))
                .sum();
    }

    private static void move(EntityManager entities, String account, String item, Long total, Long before) {
        if (!Objects.equals(total, before)) {
            query(entities, MOVE, account, item, total).executeUpdate();
        }
    }

    private static Query query(EntityManager entities, String sql, Object... parameters) {
        Query query = entities.createNativeQuery(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    @SuppressWarnings("unchecked")
    private static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    private static long number(Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }
}
