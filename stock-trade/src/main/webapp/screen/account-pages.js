// The accounts that an operator has fetched, by their ids.

import {before} from './account-choice.js';

const byId = ({account: one}, {account: other}) => (one < other ? -1 : 1);

/** Pages of accounts from some id on, of which the first ones are there. */
export class AccountPages {
  #accounts = new Map();
  #from = '';
  #next = null;
  #asked = 0; // the answer to the last question counts

  /** @param fetch resolves with the page after a cursor, the first one for '' */
  constructor(fetch) {
    this.fetch = fetch;
  }

  /** What is there. */
  get list() {
    return [...this.#accounts.values()].sort(byId);
  }

  get hasMore() {
    return this.#next !== null;
  }

  has(id) {
    return this.#accounts.has(id);
  }

  /** Fetches the page that begins with that id, or with the next one that there is; '' is the first page. */
  async load(from = '') {
    const page = await this.#ask(before(from));
    if (!page) return;
    this.#from = from;
    this.#accounts.clear();
    this.#add(page);
  }

  /** Fetches the next page. */
  async more() {
    const page = await this.#ask(this.#next);
    if (page) this.#add(page);
  }

  /** Resolves with the page; with nothing if another one was asked for meanwhile. */
  async #ask(cursor) {
    const mine = ++this.#asked;
    const page = await this.fetch(cursor);
    return mine === this.#asked ? page : null;
  }

  #add({accounts, nextCursor}) {
    this.#next = nextCursor ?? null;
    accounts.forEach((account) => this.#accounts.set(account.account, account));
  }

  /** Takes what is new of an account. Returns whether it is on a page that is there. */
  put(news) {
    const {account} = news;
    if (account < this.#from || (this.#next !== null && account > this.#next)) return false;
    this.#accounts.set(account, {...this.#accounts.get(account), ...news});
    return true;
  }
}
