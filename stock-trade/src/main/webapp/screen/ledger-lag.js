// stock-trade knows cash and positions at once, stock-balance books a little later. What the ledger says is fetched until it is up
// to date, since no event of the account follows the booking.

import {backoff, pause as wait} from './backoff.js';

/** Whether the ledger's balances are not yet those of the account; false if either is unknown. */
export function isBehind(account, balances) {
  if (!account || !balances) return false;
  const booked = new Map(balances.stocks.map(({stockCode, stockQuantity}) => [stockCode, stockQuantity]));
  const differs = ({stockCode, stockQuantity}) => (booked.get(stockCode) ?? 0) !== stockQuantity;
  const held = new Set(account.stocks.map(({stockCode}) => stockCode));
  return account.cashValue !== balances.cashValue || account.stocks.some(differs)
    || balances.stocks.some(({stockCode, stockQuantity}) => stockQuantity !== 0 && !held.has(stockCode));
}

/** Fetches with growing pauses as long as the ledger is behind. */
export class LedgerLag {
  #abort = new AbortController();

  /**
   * @param behind whether it still is
   * @param fetch fetches the ledger's balances; may reject
   */
  constructor({behind, fetch, pause = wait}) {
    Object.assign(this, {behind, fetch, pause});
  }

  /** Begins, or begins anew with short pauses. */
  async start() {
    this.stop();
    const {signal} = this.#abort = new AbortController();
    for (let attempt = 0; this.behind(); attempt++) {
      await this.pause(backoff(attempt), signal);
      if (signal.aborted) return;
      await this.fetch().catch(() => {});
    }
  }

  stop() {
    this.#abort.abort();
  }
}
