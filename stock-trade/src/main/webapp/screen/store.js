// What is known of the market and of the account. Whoever shows it listens to `change`.

import * as api from './api.js';

class Store extends EventTarget {
  stocks = [];
  selected = null;
  last = new Map(); // the last price of each stock: {date, time, price}
  balances = null;
  power = null;
  orders = new Map();
  nextCursor = null;

  changed(what, detail) {
    this.dispatchEvent(new CustomEvent(what, {detail}));
  }

  /** All that stock-items tells, but for the history that the chart fetches when `prices` is told. */
  async refreshPrices() {
    this.stocks = await api.stocks();
    const histories = await Promise.all(this.stocks.map(({stockCode}) => api.prices(stockCode, aWeekAgo())));
    await Promise.all(histories.map(async (history) => {
      const message = history.datePrice.length > 0 ? history : await api.prices(history.stockCode);
      this.#take(message);
    }));
    this.selected ??= this.stocks.map(({stockCode}) => stockCode).find((code) => this.last.has(code))
      ?? this.stocks[0]?.stockCode ?? null;
    this.changed('stocks');
    this.changed('prices');
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

  async refreshBalances() {
    [this.balances, this.power] = await Promise.all([api.balances(), api.buyingPower()]);
    this.changed('balances');
  }

  /** The newest orders anew; those further back stay as they are, but for those that were open. */
  async refreshOrders() {
    const page = await api.orders();
    const oldest = page.orders.at(-1)?.tradeNo ?? 0;
    const open = [...this.orders.values()].filter(({tradeNo, tradeStatus}) => tradeNo < oldest && tradeStatus === '0');
    if (this.orders.size === 0) this.nextCursor = page.nextCursor ?? null;
    for (const order of [...page.orders, ...await Promise.all(open.map(({tradeNo}) => api.order(tradeNo)))]) this.#put(order);
    this.changed('orders');
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

function aWeekAgo() {
  return japanDate(new Date(Date.now() - 7 * 86_400_000));
}

/** The day in Japan, as it is on the wire: 20200607. */
export const japanDate = (moment) =>
  Number(new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', dateStyle: 'short'}).format(moment).replaceAll('-', ''));

/** The time in Japan, as it is on the wire: 11:25:00. */
export const japanTime = (moment) =>
  new Intl.DateTimeFormat('sv-SE', {timeZone: 'Asia/Tokyo', timeStyle: 'medium'}).format(moment);

export const store = new Store();
