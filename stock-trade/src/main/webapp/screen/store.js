// What is known of the market and of the account. Whoever shows it listens to `change`.

import * as api from './api.js';
import {LedgerLag, isBehind} from './ledger-lag.js';

class Store extends EventTarget {
  stocks = [];
  selected = null;
  last = new Map(); // the last price of each stock: {date, time, price}
  balances = null;
  account = null; // cash, buying power and positions
  orders = new Map();
  nextCursor = null;
  errors = new Map(); // the last Refusal of each part that could not be fetched
  #fetches = 0;
  #taken = new Map(); // which fetch of each part was taken last

  changed(what, detail) {
    this.dispatchEvent(new CustomEvent(what, {detail}));
  }

  /** Fetches a part and takes it, unless a later fetch was faster. What fails leaves the other parts as they are. */
  async fetch(part, request, take) {
    const mine = ++this.#fetches;
    const first = () => mine > (this.#taken.get(part) ?? 0) && this.#taken.set(part, mine);
    try {
      const answer = await request();
      if (!first()) return;
      take(answer);
      if (this.errors.delete(part)) this.changed('errors');
    } catch (refusal) {
      if (!first()) return;
      this.errors.set(part, refusal);
      this.changed('errors');
      throw refusal;
    }
  }

  /** The stocks and the last price of each. The chart fetches the history at `prices`. */
  async refreshPrices() {
    await this.fetch('stocks', api.stocks, (stocks) => { this.stocks = stocks; });
    const prices = this.stocks.map(({stockCode}) =>
      this.fetch(`prices ${stockCode}`, () => api.prices(stockCode), (message) => this.#take(message)));
    await all(prices).finally(() => {
      this.selected ??= this.stocks.map(({stockCode}) => stockCode).find((code) => this.last.has(code))
        ?? this.stocks[0]?.stockCode ?? null;
      this.changed('stocks');
      this.changed('prices');
    });
  }

  /** A price came. */
  price(message) {
    this.#take(message);
    this.changed('price', message);
  }

  #take({stockCode, datePrice}) {
    const day = datePrice.at(-1);
    if (!day) return;
    const minute = day.timePrice.at(-1);
    const newest = {date: day.date, ...minute};
    const known = this.last.get(stockCode);
    if (!known || at(newest) >= at(known)) this.last.set(stockCode, newest);
  }

  select(stockCode) {
    this.selected = stockCode;
    this.changed('selected');
  }

  async refreshAccount() {
    await all([
      this.fetch('account', api.account, (account) => { this.account = account; }),
      this.#refreshBalances(),
    ]).finally(() => this.changed('account'));
    this.lag.start();
  }

  #refreshBalances = () => this.fetch('balances', api.balances, (balances) => { this.balances = balances; });

  /** The balances that the ledger is late with. */
  lag = new LedgerLag({
    behind: () => isBehind(this.account, this.balances),
    fetch: () => this.#refreshBalances().finally(() => this.changed('account')),
  });

  refreshOrders() {
    return this.fetch('orders', () => this.#newestOrders(), () => this.changed('orders'));
  }

  /** The newest orders anew; those further back stay as they are, but for those that were open. */
  async #newestOrders() {
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
    this.changed('orders');
  }

  /** An order was placed, or moved on. */
  order(order) {
    this.#put(order);
    this.changed('orders');
  }

  // Once it is no longer open nothing changes any more, so what says that it is open came late.
  #put(order) {
    const before = this.orders.get(order.tradeNo);
    if (before && before.tradeStatus !== '0' && order.tradeStatus === '0') return;
    this.orders.set(order.tradeNo, order);
    if (before && before.tradeStatus !== order.tradeStatus) this.changed('moved', order);
  }
}

const at = ({date, time}) => `${date}${time}`;

/** Waits for all. Rejects with the first failure, one that says that the service cannot be reached before others. */
async function all(fetches) {
  const failures = (await Promise.allSettled(fetches)).flatMap(({reason}) => reason ?? []);
  if (failures.length > 0) throw failures.find(({status}) => status === 0) ?? failures[0];
}

/** The day in Japan, as it is on the wire: 20200607. */
export const japanDate = (moment) =>
  Number(new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', dateStyle: 'short'}).format(moment).replaceAll('-', ''));

/** The time in Japan, as it is on the wire: 11:25:00. */
export const japanTime = (moment) =>
  new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', timeStyle: 'medium'}).format(moment);

export const store = new Store();
