/*
 * Orders and cash movements of one account, from acceptance to the booking in the ledger: two trades, a deposit, a withdrawal.
 *
 * Each message is delivered once or twice, and one process may crash between any two of its steps. An `atomic` is one step: a
 * statement that takes a lock, or a transaction that commits. A crash loses the locals of the process and its row locks, and
 * its message is delivered again. README.md maps the steps to methods.
 *
 * Each of these puts a fault in: CHECK_BEFORE_LOCK, SWEEP_TRUSTS_ITS_LIST, SENT_BEFORE_BOOKED.
 */

#ifndef CRASHES
#define CRASHES 1
#endif

#ifndef DUPLICATES
#define DUPLICATES 1
#endif

#define TRADES 2

/* In yen; quantities are one share. A market order to buy reserves more than it may cost in the end. */
#define OPENING 3
#define RESERVED_FOR_BUY 2
#define PRICE 1
#define DEPOSITED 1
#define WITHDRAWN 2

/* Status of a trade. */
#define ABSENT 0
#define OPEN 1
#define FILLED 2
#define UNFILLED 3
#define CANCELLED 4

/* Its account_effect. */
#define NOTHING 0
#define RESERVED 1
#define APPLIED 2

/* A row of the outbox. */
#define NONE 0
#define WAITING 1
#define SENT 2

/* Requests, and messages of the contract queue. */
#define ORDER 0
#define CANCEL 2
#define DEPOSIT 4
#define WITHDRAWAL 5
#define CONTRACT 6
#define MESSAGES 8

/* Entries of the ledger: the settlements of both trades, and three more. */
#define DEPOSIT_ENTRY 2
#define WITHDRAWAL_ENTRY 3
#define OPENING_ENTRY 4
#define ENTRIES 5

bool sells[TRADES];
bool old_trade; /* trade 1 is placed by the old stock-trade, which knows no accounts */

/* The front office, stock-trade. */
bool opened;
short cash, reserved_cash, shares, reserved_shares;
byte status[TRADES], effect[TRADES];
byte entry_row[ENTRIES];
bool deposit_key, withdrawal_key;
byte account_lock, trade_lock[TRADES];

/* The back office, stock-balance. */
short ledger_cash, ledger_shares;
byte booked[ENTRIES];
byte ledger_lock;

byte due[MESSAGES]; /* deliveries still to come */
byte crashes, duplicates;

/* For the properties alone. */
byte placed[TRADES], applied[TRADES];
bool front_office_quiet;

#define FREE(lock) (lock == 0)
#define AVAILABLE (opened -> cash - reserved_cash : OPENING)
#define OR_CRASH :: atomic { crashes < CRASHES -> crashes++; goto crashed }

inline deliver(message) {
    if
    :: due[message]++
    :: duplicates < DUPLICATES -> duplicates++; due[message] = due[message] + 2
    fi
}

/* The end of a transaction: it has committed. The answer is sent or the message deleted, unless a crash comes first. */
inline committed(message) {
    if
    :: true
    :: crashes < CRASHES -> crashes++; due[message]++
    fi
}

inline unlock() {
    if
    :: account_lock == _pid -> account_lock = 0
    :: else
    fi;
    if
    :: trade_lock[0] == _pid -> trade_lock[0] = 0
    :: else
    fi;
    if
    :: trade_lock[1] == _pid -> trade_lock[1] = 0
    :: else
    fi
}

/* A fill that the old stock-trade caused may overdraw an account: it is booked all the same. */
inline check_nothing_spent_twice() {
    assert(old_trade || cash - reserved_cash >= 0 && shares - reserved_shares >= 0)
}

inline open_account() {
    if
    :: opened
    :: else ->
        opened = true;
        cash = OPENING;
        entry_row[OPENING_ENTRY] = WAITING
    fi
}

inline reserve(t) {
    if
    :: sells[t] -> reserved_shares++
    :: else -> reserved_cash = reserved_cash + RESERVED_FOR_BUY
    fi;
    effect[t] = RESERVED
}

/* Applies the outcome of a finished trade, under the locks of account and trade. */
inline apply(t) {
    if
    :: effect[t] == RESERVED && sells[t] -> reserved_shares--
    :: effect[t] == RESERVED && !sells[t] -> reserved_cash = reserved_cash - RESERVED_FOR_BUY
    :: else
    fi;
    if
    :: status[t] == FILLED && sells[t] -> cash = cash + PRICE; shares--; applied[t]++
    :: status[t] == FILLED && !sells[t] -> cash = cash - PRICE; shares++; applied[t]++
    :: else
    fi;
    effect[t] = APPLIED;
    check_nothing_spent_twice()
}

inline choose_side(t) {
    if
    :: status[t] == ABSENT -> sells[t] = true
    :: true
    fi
}

/* Checks key, then cash or shares; reserves; stores trade, key and outbox rows. */
inline accept(t) {
    choose_side(t);
    if
    :: status[t] != ABSENT /* the key is known: the same answer again */
    :: status[t] == ABSENT && (sells[t] -> shares - reserved_shares < 1 : available < RESERVED_FOR_BUY) /* refused */
    :: else ->
        open_account();
        status[t] = OPEN;
        placed[t]++;
        deliver(CONTRACT + t);
        reserve(t);
        assert(sells[t] -> shares - reserved_shares >= 0 : cash - reserved_cash >= 0);
        if
        :: deliver(CANCEL + t)
        :: true
        fi
    fi
}

inline cancel(t) {
    if
    :: status[t] == OPEN -> status[t] = CANCELLED; apply(t)
    :: else
    fi
}

inline deposit() {
    if
    :: deposit_key
    :: else ->
        open_account();
        deposit_key = true;
        cash = cash + DEPOSITED;
        entry_row[DEPOSIT_ENTRY] = WAITING
    fi
}

inline withdraw() {
    if
    :: withdrawal_key
    :: !withdrawal_key && available < WITHDRAWN /* refused */
    :: else ->
        open_account();
        withdrawal_key = true;
        cash = cash - WITHDRAWN;
        entry_row[WITHDRAWAL_ENTRY] = WAITING;
        assert(cash - reserved_cash >= 0)
    fi
}

#define LOCKS_ACCOUNT_FOR(request, next_step) \
    atomic { FREE(account_lock) && due[request] > 0 -> \
        account_lock = _pid; due[request]--; message = request; available = AVAILABLE; next_step }

/*
 * A request whose answer was lost is sent again. The first step of each is the lock of the account, which it keeps until it
 * commits: so one process stands for the threads of all tasks, and the requests that wait for the lock are those that are due.
 */
proctype Requests() {
    byte message = MESSAGES;
    short available;

next:
    if
#ifdef CHECK_BEFORE_LOCK
    :: atomic { due[ORDER] > 0 -> due[ORDER]--; message = ORDER; available = AVAILABLE }
    :: atomic { due[ORDER + 1] > 0 -> due[ORDER + 1]--; message = ORDER + 1; available = AVAILABLE }
    fi;
    if
    :: atomic { FREE(account_lock) -> account_lock = _pid }
#else
    :: LOCKS_ACCOUNT_FOR(ORDER, goto has_locks)
    :: LOCKS_ACCOUNT_FOR(ORDER + 1, goto has_locks)
    :: LOCKS_ACCOUNT_FOR(DEPOSIT, goto has_locks)
    :: LOCKS_ACCOUNT_FOR(WITHDRAWAL, goto has_locks)
    :: LOCKS_ACCOUNT_FOR(CANCEL, skip)
    :: LOCKS_ACCOUNT_FOR(CANCEL + 1, skip)
#endif
    fi;
    if
    :: atomic { message == CANCEL && FREE(trade_lock[0]) -> trade_lock[0] = _pid }
    :: atomic { message == CANCEL + 1 && FREE(trade_lock[1]) -> trade_lock[1] = _pid }
#ifdef CHECK_BEFORE_LOCK
    :: atomic { message < CANCEL }
#endif
    OR_CRASH
    fi;
has_locks:
    if
    :: atomic {
        if
        :: message == ORDER -> accept(0)
        :: message == ORDER + 1 -> accept(1)
        :: message == CANCEL -> cancel(0)
        :: message == CANCEL + 1 -> cancel(1)
        :: message == DEPOSIT -> deposit()
        :: message == WITHDRAWAL -> withdraw()
        fi;
        committed(message);
        goto end
       }
    OR_CRASH
    fi;
crashed:
    atomic { due[message]++; goto end };
end:
    atomic { message = MESSAGES; available = 0; unlock(); goto next }
}

#define RECEIVES(trade) \
    atomic { due[CONTRACT + trade] > 0 -> \
        due[CONTRACT + trade]--; t = trade; account_lock = (FREE(account_lock) && opened -> _pid : account_lock) }

/* Fill or no match. An account that is locked is not waited for: the outcome is recorded alone, and the sweep applies it. */
proctype Contracts() {
    byte t = TRADES;

next:
    if
    :: RECEIVES(0)
    :: RECEIVES(1)
    fi;
    if
    :: atomic { FREE(trade_lock[t]) -> trade_lock[t] = _pid }
    OR_CRASH
    fi;
    if
    :: atomic {
        if
        :: status[t] == OPEN -> status[t] = FILLED; entry_row[t] = WAITING
        :: status[t] == OPEN -> status[t] = UNFILLED
        :: else
        fi;
        if
        :: account_lock == _pid && status[t] != OPEN && effect[t] != APPLIED -> apply(t)
        :: else
        fi;
        committed(CONTRACT + t);
        goto end
       }
    OR_CRASH
    fi;
crashed:
    atomic { due[CONTRACT + t]++; goto end };
end:
    atomic { t = TRADES; unlock(); goto next }
}

#define UNFINISHED(t) (effect[t] == NOTHING && status[t] != ABSENT || effect[t] == RESERVED && status[t] != OPEN)

/* Applies what was recorded without the account, and reserves for the open orders that the old stock-trade placed. */
proctype Sweep() {
    byte t = TRADES;

next:
    if
    :: atomic { opened && UNFINISHED(0) -> t = 0 }
    :: atomic { opened && UNFINISHED(1) -> t = 1 }
    fi;
    if
    :: atomic { FREE(account_lock) -> account_lock = _pid }
    OR_CRASH
    fi;
    if
    :: atomic { FREE(trade_lock[t]) -> trade_lock[t] = _pid }
    OR_CRASH
    fi;
    if
    :: atomic {
        if
#ifndef SWEEP_TRUSTS_ITS_LIST
        :: !UNFINISHED(t)
#endif
        :: else ->
            if
            :: status[t] == OPEN -> reserve(t)
            :: else -> apply(t)
            fi
        fi;
        goto end
       }
    OR_CRASH
    fi;
crashed:
end:
    atomic { t = TRADES; unlock(); goto next }
}

/* The old stock-trade stores a trade without an account. */
proctype OldStockTrade() {
    atomic { choose_side(1); status[1] = OPEN; placed[1]++; deliver(CONTRACT + 1) }
}

#define CLAIMS(entry) atomic { entry_row[entry] == WAITING -> e = entry }

/*
 * A relay, and the thread of stock-balance that serves its call. Two relays have the same row once the claim of one has expired, or
 * its call timed out while stock-balance still works on it.
 *
 * It starts when the front office is quiet. That loses nothing: none of its steps reads what the front office writes but
 * the rows of the outbox, which stay until they are sent, and the front office reads nothing that it writes.
 */
proctype Entries() {
    byte e = ENTRIES;

    front_office_quiet;
next:
    if
    :: CLAIMS(0)
    :: CLAIMS(1)
    :: CLAIMS(DEPOSIT_ENTRY)
    :: CLAIMS(WITHDRAWAL_ENTRY)
    :: CLAIMS(OPENING_ENTRY)
    fi;
#ifdef SENT_BEFORE_BOOKED
    entry_row[e] = SENT;
#endif
    if
    :: atomic { FREE(ledger_lock) -> ledger_lock = _pid }
    OR_CRASH
    fi;
    if
    :: atomic {
        if
        :: booked[e] > 0 /* the key is known */
        :: else ->
            booked[e]++;
            if
            :: e < TRADES && sells[e] -> ledger_cash = ledger_cash + PRICE; ledger_shares--
            :: e < TRADES && !sells[e] -> ledger_cash = ledger_cash - PRICE; ledger_shares++
            :: e == DEPOSIT_ENTRY -> ledger_cash = ledger_cash + DEPOSITED
            :: e == WITHDRAWAL_ENTRY -> ledger_cash = ledger_cash - WITHDRAWN
            :: e == OPENING_ENTRY -> ledger_cash = ledger_cash + OPENING
            fi
        fi;
        ledger_lock = 0
       }
    OR_CRASH
    fi;
    if
    :: atomic { true -> entry_row[e] = SENT; goto end }
    OR_CRASH
    fi;
crashed:
end:
    atomic {
        e = ENTRIES;
        if
        :: ledger_lock == _pid -> ledger_lock = 0
        :: else
        fi;
        goto next
    }
}

inline check_finished(t) {
    assert(placed[t] <= 1);
    assert(status[t] != OPEN);
    assert(status[t] == ABSENT || effect[t] == APPLIED || !opened);
    assert(booked[t] == (status[t] == FILLED -> 1 : 0));
    assert(applied[t] == booked[t] || !opened)
}

/* `timeout` is true when no process can take another step: no message is due, and none waits for a lock that it would get. */
proctype Quiet() {
    atomic { timeout -> front_office_quiet = true };
    atomic {
        timeout ->
        check_finished(0);
        check_finished(1);
        assert(reserved_cash == 0 && reserved_shares == 0);
        assert(FREE(account_lock) && FREE(trade_lock[0]) && FREE(trade_lock[1]) && FREE(ledger_lock));
        assert(booked[DEPOSIT_ENTRY] == deposit_key);
        assert(booked[WITHDRAWAL_ENTRY] == withdrawal_key);
        assert(!opened || cash == ledger_cash && shares == ledger_shares);
        assert(old_trade || ledger_cash >= 0)
    }
}

inline has_a_share() {
    opened = true;
    cash = OPENING;
    ledger_cash = OPENING;
    shares = 1;
    ledger_shares = 1
}

/* A new account with orders and cash movements; or one that has one share, and orders of the old stock-trade as well. */
init {
    atomic {
        deliver(ORDER);
        if
        :: deliver(ORDER + 1); deliver(DEPOSIT); deliver(WITHDRAWAL)
        :: has_a_share(); deliver(ORDER + 1)
        :: has_a_share(); old_trade = true; run OldStockTrade()
        fi;
        run Requests();
#ifdef CHECK_BEFORE_LOCK
        run Requests();
#endif
        run Contracts();
        run Contracts();
        run Sweep();
        run Entries();
        run Entries();
        run Quiet()
    }
}
