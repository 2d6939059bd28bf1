// stock-trade updates cash and positions immediately; stock-balance books them a little later, and no account event follows. So the
// ledger's balances are polled until they match.

import {backoff, pause as wait} from './backoff.js';

/** Whether the ledger's balances differ from the account; false if either is unknown. */
export function isBehind(account, balances) {
  if (!account || !balances) return false;
  const booked = new Map(balances.stocks.map(({stockCode, stockQuantity}) => [stockCode, stockQuantity]));
  const isUnbooked = ({stockCode, stockQuantity}) => (booked.get(stockCode) ?? 0) !== stockQuantity;
  const positions = new Set(account.stocks.map(({stockCode}) => stockCode));
  return account.cashValue !== balances.cashValue || account.stocks.some(isUnbooked)
    || balances.stocks.some(({stockCode, stockQuantity}) => stockQuantity !== 0 && !positions.has(stockCode));
}

/** Polls with backoff while the ledger is behind. */
export class LedgerLag {
  #abort = new AbortController();

  /**
   * @param behind returns whether the ledger is still behind
   * @param fetch fetches the ledger's balances; may reject
   */
  constructor({behind, fetch, pause = wait}) {
    Object.assign(this, {behind, fetch, pause});
  }

  /** Starts polling, or restarts it with short pauses. */
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
