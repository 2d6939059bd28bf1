// The accounts that an operator has fetched, sorted by id.

import {cursorBefore} from './account-choice.js';

const byId = ({account: one}, {account: other}) => (one < other ? -1 : 1);

/** The account list from a start id, loaded page by page. */
export class AccountPages {
  #accounts = new Map();
  #from = '';
  #next = null;
  #latestRequest = 0; // the response to an older request is discarded

  /** @param fetch resolves with the page after a cursor; '' is the first page */
  constructor(fetch) {
    this.fetch = fetch;
  }

  /** The accounts loaded so far. */
  get list() {
    return [...this.#accounts.values()].sort(byId);
  }

  get hasMore() {
    return this.#next !== null;
  }

  has(id) {
    return this.#accounts.has(id);
  }

  /** Loads the page that starts at an id, or at the next existing one; '' loads the first page. */
  async load(from = '') {
    const page = await this.#fetchPage(cursorBefore(from));
    if (!page) return;
    this.#from = from;
    this.#accounts.clear();
    this.#add(page);
  }

  /** Loads the next page. */
  async more() {
    const page = await this.#fetchPage(this.#next);
    if (page) this.#add(page);
  }

  /** Resolves with the page; with null if another page was requested meanwhile. */
  async #fetchPage(cursor) {
    const request = ++this.#latestRequest;
    const page = await this.fetch(cursor);
    return request === this.#latestRequest ? page : null;
  }

  #add({accounts, nextCursor}) {
    this.#next = nextCursor ?? null;
    accounts.forEach((account) => this.#accounts.set(account.account, account));
  }

  /** Adds or updates an account. Returns false if it belongs to a page that is not loaded. */
  put(changes) {
    const {account} = changes;
    if (account < this.#from || (this.#next !== null && account > this.#next)) return false;
    this.#accounts.set(account, {...this.#accounts.get(account), ...changes});
    return true;
  }
}
