// The data of the market and the account. Components listen to its events.

import * as api from './api.js';
import {LedgerLag, isBehind} from './ledger-lag.js';

class Store extends EventTarget {
  stocks = [];
  selected = null;
  lastPrices = new Map(); // by stock code: {date, time, price}
  balances = null;
  account = null; // cash, buying power and positions
  orders = new Map();
  nextCursor = null;
  errors = new Map(); // the RequestError of each part whose last fetch failed
  #fetches = 0;
  #applied = new Map(); // the number of the last applied fetch by part

  #emit(event, detail) {
    this.dispatchEvent(new CustomEvent(event, {detail}));
  }

  /** Fetches a part and applies the response, unless a later fetch was faster. A failure does not affect other parts. */
  async fetch(part, request, apply) {
    const number = ++this.#fetches;
    const isNewest = () => number > (this.#applied.get(part) ?? 0) && this.#applied.set(part, number);
    try {
      const response = await request();
      if (!isNewest()) return;
      apply(response);
      if (this.errors.delete(part)) this.#emit('errors');
    } catch (error) {
      if (!isNewest()) return;
      this.errors.set(part, error);
      this.#emit('errors');
      throw error;
    }
  }

  /** Fetches the stocks and the last price of each. The chart fetches its history on `prices`. */
  async refreshPrices() {
    await this.fetch('stocks', api.stocks, (stocks) => { this.stocks = stocks; });
    const prices = this.stocks.map(({stockCode}) =>
      this.fetch(`prices ${stockCode}`, () => api.prices(stockCode), (message) => this.#updateLastPrice(message)));
    await all(prices).finally(() => {
      this.selected ??= this.stocks.map(({stockCode}) => stockCode).find((code) => this.lastPrices.has(code))
        ?? this.stocks[0]?.stockCode ?? null;
      this.#emit('stocks');
      this.#emit('prices');
    });
  }

  /** Applies a price event. */
  applyPrice(message) {
    this.#updateLastPrice(message);
    this.#emit('price', message);
  }

  #updateLastPrice({stockCode, datePrice}) {
    const day = datePrice.at(-1);
    if (!day) return;
    const minute = day.timePrice.at(-1);
    const received = {date: day.date, ...minute};
    const known = this.lastPrices.get(stockCode);
    if (!known || at(received) >= at(known)) this.lastPrices.set(stockCode, received);
  }

  select(stockCode) {
    this.selected = stockCode;
    this.#emit('selected');
  }

  async refreshAccount() {
    await all([
      this.fetch('account', api.account, (account) => { this.account = account; }),
      this.#refreshBalances(),
    ]).finally(() => this.#emit('account'));
    this.ledgerLag.start();
  }

  #refreshBalances = () => this.fetch('balances', api.balances, (balances) => { this.balances = balances; });

  /** Refreshes the balances until the ledger has caught up with the account. */
  ledgerLag = new LedgerLag({
    behind: () => isBehind(this.account, this.balances),
    fetch: () => this.#refreshBalances().finally(() => this.#emit('account')),
  });

  refreshOrders() {
    return this.fetch('orders', () => this.#fetchNewestOrders(), () => this.#emit('orders'));
  }

  /** Fetches the newest page, and older orders only if they were open. */
  async #fetchNewestOrders() {
    const page = await api.orders();
    const oldest = page.orders.at(-1)?.tradeNo ?? 0;
    const open = [...this.orders.values()].filter(({tradeNo, tradeStatus}) => tradeNo < oldest && tradeStatus === '0');
    if (this.orders.size === 0) this.nextCursor = page.nextCursor ?? null;
    for (const order of [...page.orders, ...await Promise.all(open.map(({tradeNo}) => api.order(tradeNo)))]) this.#put(order);
  }

  async moreOrders() {
    const page = await api.orders(this.nextCursor);
    page.orders.forEach((order) => this.#put(order));
    this.nextCursor = page.nextCursor ?? null;
    this.#emit('orders');
  }

  /** Applies a new or changed order. */
  applyOrder(order) {
    this.#put(order);
    this.#emit('orders');
  }

  // A final status never changes, so an open status after it is stale.
  #put(order) {
    const before = this.orders.get(order.tradeNo);
    if (before && before.tradeStatus !== '0' && order.tradeStatus === '0') return;
    this.orders.set(order.tradeNo, order);
    if (before && before.tradeStatus !== order.tradeStatus) this.#emit('status', order);
  }
}

const at = ({date, time}) => `${date}${time}`;

/** Waits for all. Rejects with the first failure; an unreachable service takes precedence. */
async function all(fetches) {
  const failures = (await Promise.allSettled(fetches)).flatMap(({reason}) => reason ?? []);
  if (failures.length > 0) throw failures.find(({status}) => status === 0) ?? failures[0];
}

/** The date in Japan in wire format: 20200607. */
export const japanDate = (moment) =>
  Number(new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', dateStyle: 'short'}).format(moment).replaceAll('-', ''));

/** The time in Japan in wire format: 11:25:00. */
export const japanTime = (moment) =>
  new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', timeStyle: 'medium'}).format(moment);

export const store = new Store();
