package finmicro.balance.ledger.entity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The kind of a ledger entry. */
@Schema(
        description = "The kind of an entry. An `ADJUSTMENT` is a change of the account `main` by an old program that"
                + " bypasses the ledger",
        examples = "SETTLEMENT")
public enum EntryKind {
    /** A fill: cash and shares against the clearing account, with fee and tax. */
    SETTLEMENT,

    /** The initial cash of an account, from the bank. */
    OPENING,

    /** Cash from the bank. */
    DEPOSIT,

    /** Cash to the bank. */
    WITHDRAWAL,

    /** A change of the tables of the account main by an old program that bypasses the ledger. */
    ADJUSTMENT
}
