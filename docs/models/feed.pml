/*
 * The feed of bookings from elsewhere, and the take-over of the account `main`.
 *
 * Trade 0 is placed, filled and booked by the old stock-trade. Trade 1 is placed here, with or without buying power, and booked by the
 * relay. Booking 2 has a number that is unknown here; booking 3 is a deposit that is made here. `main` is taken over at the start,
 * and once more after it was forgotten. One process may crash between any two of its steps. README.md maps the steps to methods.
 *
 * Each of these puts a fault in: POSITION_BEFORE_LOCK, CURSOR_APART, TRADES_BEFORE_SNAPSHOT,
 * DEPOSIT_NOT_AWAITED, ONLY_UNSENT_ASKED.
 */

#ifndef CRASHES
#define CRASHES 1
#endif
#ifndef FORGETS
#define FORGETS 1
#endif

#define TRADES 2
#define UNKNOWN 2
#define DEPOSIT 3
#define BOOKINGS 4

/* Cash that a booking takes, in yen: no two sums are the same. The deposit brings eight. */
#define AMOUNT(number) (number == 0 -> 1 : (number == 1 -> 2 : (number == UNKNOWN -> 4 : -8)))

/* Status of a trade, its account_effect, and a row of the outbox. */
#define ABSENT 0
#define OPEN 1
#define FILLED 2
#define NOTHING 0
#define RESERVED 1
#define APPLIED 2
#define NONE 0
#define WAITING 1
#define SENT 2

/* The front office. What is spent is the sum of the bookings. */
bool taken_over; /* main has a row */
short spent, reserved;
byte status[TRADES], effect[TRADES];
byte row[BOOKINGS]; /* of the outbox, by the number booked */
bool deposited;
byte cursor, main_position;
byte cursor_lock, account_lock;

/* The back office. */
short ledger_spent;
bool booked[BOOKINGS];
byte feed[BOOKINGS + 1]; /* number booked + 1, by position */
byte head;
byte positions; /* allotted */

byte crashes, forgotten;

#define FREE(lock) (lock == 0)
#define OR_CRASH :: atomic { crashes < CRASHES -> crashes++; goto crashed }

inline unlock() {
    if
    :: account_lock == _pid -> account_lock = 0
    :: else
    fi;
    if
    :: cursor_lock == _pid -> cursor_lock = 0
    :: else
    fi
}

inline reserve(t) {
    reserved = reserved + AMOUNT(t);
    effect[t] = RESERVED
}

/* Releases what is reserved, and marks the trade. */
inline release(t) {
    if
    :: effect[t] == RESERVED -> reserved = reserved - AMOUNT(t)
    :: else
    fi;
    effect[t] = APPLIED
}

inline apply_fill(t) {
    if
    :: effect[t] == APPLIED
    :: else -> release(t); spent = spent + AMOUNT(t)
    fi
}

inline book(number) {
    booked[number] = true;
    ledger_spent = ledger_spent + AMOUNT(number)
}

inline book_with_position(number) {
    head++;
    feed[head] = number + 1;
    book(number)
}

/* POST /balance by others. Its position is allotted under a row lock that is kept until the booking commits. */
inline book_from_elsewhere(number) {
#ifdef POSITION_BEFORE_LOCK
    atomic { positions++; position = positions };
    atomic {
        feed[position] = number + 1;
        head = (position > head -> position : head);
        book(number)
    }
#else
    atomic { book_with_position(number) }
#endif
}

/* Its order and its fill are recorded without an account. Whether it records or books the fill first is left open. */
proctype OldStockTrade() {
    byte position;

    status[0] = OPEN;
    if
    :: status[0] = FILLED; book_from_elsewhere(0)
    :: book_from_elsewhere(0); status[0] = FILLED
    fi
}

proctype SomebodyElse() {
    byte position;

    book_from_elsewhere(UNKNOWN)
}

/* Placed under the lock of main; or without it, while buying power is not checked. */
proctype Order() {
    if
    :: atomic { taken_over && FREE(account_lock) -> status[1] = OPEN; reserve(1) }
    :: atomic { status[1] = OPEN }
    fi
}

proctype Deposit() {
    atomic { taken_over && FREE(account_lock) -> deposited = true; spent = spent + AMOUNT(DEPOSIT); row[DEPOSIT] = WAITING }
}

/* The fill of trade 1: applied if main is there and not locked, else by the sweep. */
proctype Contracts() {
    atomic {
        status[1] == OPEN ->
        status[1] = FILLED;
        row[1] = WAITING;
        if
        :: taken_over && FREE(account_lock) -> apply_fill(1)
        :: else
        fi
    }
}

#define UNFINISHED(t) (effect[t] == NOTHING && status[t] != ABSENT || effect[t] == RESERVED && status[t] == FILLED)

inline sweep(t) {
    if
    :: status[t] == OPEN -> reserve(t)
    :: else -> apply_fill(t)
    fi
}

/* What it re-reads under its locks is checked in orders.pml. */
proctype Sweep() {
    do
    :: atomic { taken_over && FREE(account_lock) && UNFINISHED(0) -> sweep(0) }
    :: atomic { taken_over && FREE(account_lock) && UNFINISHED(1) -> sweep(1) }
    od
}

/* Books through POST /balance/entries, without a position; or through POST /balance, which gives one. */
proctype Entries() {
    byte number = BOOKINGS;

next:
    if
    :: atomic { row[1] == WAITING && !booked[1] -> number = 1; book(1) }
    :: atomic { row[1] == WAITING && !booked[1] -> number = 1; positions++; book_with_position(1) }
    :: atomic { row[1] == WAITING && booked[1] -> number = 1 }
    :: atomic { row[DEPOSIT] == WAITING && !booked[DEPOSIT] -> number = DEPOSIT; book(DEPOSIT) }
    :: atomic { row[DEPOSIT] == WAITING && booked[DEPOSIT] -> number = DEPOSIT }
    fi;
    if
    :: atomic { row[number] = SENT; number = BOOKINGS; goto next }
    OR_CRASH
    fi;
crashed:
    atomic { number = BOOKINGS; goto next }
}

inline clear() {
    spent = 0;
    reserved = 0;
    effect[0] = (effect[0] == RESERVED -> NOTHING : effect[0]);
    effect[1] = (effect[1] == RESERVED -> NOTHING : effect[1])
}

/* A task with BUYING_POWER=off. */
proctype Forget() {
    atomic {
        taken_over && FREE(cursor_lock) && FREE(account_lock) && forgotten < FORGETS ->
        forgotten++;
        taken_over = false;
        clear()
    }
}

/* One statement: cash, the position of the feed, and the sequence number, up to which can be asked what is booked. */
inline read_snapshot() {
    snapshot_spent = ledger_spent;
    snapshot_position = head;
    included[0] = booked[0];
    included[1] = booked[1]
}

inline read_trades() {
    seen[0] = (effect[0] == APPLIED -> ABSENT : status[0]);
    seen[1] = (effect[1] == APPLIED -> ABSENT : status[1])
}

/* Finished trades that the ledger has booked are marked before, in transactions of their own. */
inline mark_booked(t) {
    if
    :: status[t] == FILLED && booked[t] && effect[t] != APPLIED -> effect[t] = APPLIED
    :: else
    fi
}

inline take_over_trade(t) {
    if
    :: seen[t] == ABSENT
    :: seen[t] != ABSENT && included[t] -> effect[t] = APPLIED
    :: seen[t] == OPEN && !included[t] -> reserve(t)
    :: seen[t] == FILLED && !included[t] -> apply_fill(t)
    fi
}

/* Applied to main before it was forgotten; then it may not be booked yet. */
inline take_over_applied(t) {
    if
    :: applied[t] && !included[t] -> spent = spent + AMOUNT(t)
    :: else
    fi
}

inline forget_locals() {
    snapshot_spent = 0;
    snapshot_position = 0;
    included[0] = false;
    included[1] = false;
    seen[0] = 0;
    seen[1] = 0;
    applied[0] = false;
    applied[1] = false;
    after = 0;
    position = 0
}

/* The feed reader of a task. */
proctype Feed() {
    short snapshot_spent;
    byte snapshot_position;
    bool included[TRADES];
    byte seen[TRADES];
    bool applied[TRADES];
    byte after, position;

next:
    if
    :: atomic { !taken_over && FREE(cursor_lock) -> mark_booked(0); mark_booked(1) }
    :: atomic {
        taken_over && head > cursor ->
        after = cursor;
        position = after + 1;
        do
        :: feed[position] == 0 -> position++
        :: else -> break
        od;
        goto read
       }
    fi;
    /* Take-over, in one transaction, which has the row of main from its first statement on. */
    if
    :: atomic {
        FREE(cursor_lock) && FREE(account_lock) ->
        if
        :: taken_over -> goto end
        :: else -> cursor_lock = _pid; account_lock = _pid
        fi
       }
    OR_CRASH
    fi;
#ifdef TRADES_BEFORE_SNAPSHOT
    read_trades();
#endif
    if
    :: atomic {
#ifdef DEPOSIT_NOT_AWAITED
        true ->
#else
        row[DEPOSIT] != WAITING ->
#endif
#ifndef ONLY_UNSENT_ASKED
        applied[0] = (effect[0] == APPLIED && status[0] == FILLED);
#endif
        applied[1] = (effect[1] == APPLIED && status[1] == FILLED)
       }
    :: atomic { row[DEPOSIT] == WAITING -> goto end } /* tried again a second later */
    OR_CRASH
    fi;
    if
    :: atomic { true -> read_snapshot() }
    OR_CRASH
    fi;
#ifndef TRADES_BEFORE_SNAPSHOT
    if
    :: atomic { true -> read_trades() }
    OR_CRASH
    fi;
#endif
    if
    :: atomic {
        clear();
        spent = snapshot_spent;
        take_over_applied(0);
        take_over_applied(1);
        take_over_trade(0);
        take_over_trade(1);
        main_position = snapshot_position;
        taken_over = true;
        goto end
       }
    OR_CRASH
    fi;
read:
    /* One entry of the page that GET /balance/feed returned. */
    if
    :: atomic {
        FREE(cursor_lock) ->
        if
        :: cursor != after -> goto end
        :: else -> cursor_lock = _pid
        fi
       }
    OR_CRASH
    fi;
    if
    :: atomic {
        FREE(account_lock) ->
        if
        :: !taken_over -> goto end
        :: else -> account_lock = _pid
        fi
       }
    OR_CRASH
    fi;
    if
    :: atomic {
        if
        :: position <= main_position /* it is in the snapshot */
        :: position > main_position && feed[position] == UNKNOWN + 1 -> spent = spent + AMOUNT(UNKNOWN)
        :: position > main_position && feed[position] < UNKNOWN + 1 && status[feed[position] - 1] == FILLED ->
            apply_fill((feed[position] - 1))
        :: position > main_position && feed[position] < UNKNOWN + 1 && status[feed[position] - 1] != FILLED ->
            release((feed[position] - 1));
            spent = spent + AMOUNT((feed[position] - 1))
        fi;
#ifndef CURSOR_APART
        cursor = position;
        goto end
#endif
       }
    OR_CRASH
    fi;
#ifdef CURSOR_APART
    if
    :: atomic { cursor = position; goto end }
    OR_CRASH
    fi;
#endif
crashed:
end:
    atomic { forget_locals(); unlock(); goto next }
}

inline check_finished(t) {
    assert(status[t] == FILLED && booked[t]);
    assert(effect[t] == APPLIED)
}

/* `timeout` is true when no process can take another step. */
proctype Quiet() {
    atomic {
        timeout ->
        assert(taken_over && cursor == head);
        check_finished(0);
        check_finished(1);
        assert(booked[UNKNOWN] && booked[DEPOSIT] == deposited);
        assert(reserved == 0);
        assert(spent == ledger_spent);
        assert(FREE(account_lock) && FREE(cursor_lock))
    }
}

init {
    atomic {
        run OldStockTrade();
        run SomebodyElse();
        run Order();
        run Deposit();
        run Contracts();
        run Sweep();
        run Entries();
        run Forget();
        run Feed();
        run Feed();
        run Quiet()
    }
}
