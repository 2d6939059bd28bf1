package finmicro.balance.ledger.entity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an entry of the ledger books. */
@Schema(
        description = "What an entry books; an `ADJUSTMENT` is what a program that does not know the ledger changed in"
                + " the account `main`",
        examples = "SETTLEMENT")
public enum EntryKind {
    /** A fill: cash and shares against the exchange's clearing, with fee and tax. */
    SETTLEMENT,

    /** The first cash of an account, from the bank. */
    OPENING,

    /** Cash from the bank. */
    DEPOSIT,

    /** Cash to the bank. */
    WITHDRAWAL,

    /** What a program that does not know the ledger changed in the tables of the account main. */
    ADJUSTMENT
}
