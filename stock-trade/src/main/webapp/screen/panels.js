// The account and what is held.

import {amount} from './money.js';
import {store} from './store.js';
import {partState} from './part-state.js';
import {el, row, table} from './dom.js';
import {count, signedYen, texts, yen} from './texts.js';

const marketValue = ({stockCode, stockQuantity}) => {
  const last = store.last.get(stockCode);
  return last ? amount(last.price, stockQuantity) : null;
};

const held = () => (store.balances?.stocks ?? []).filter(({stockQuantity}) => stockQuantity !== 0);

class CashPanel extends HTMLElement {
  connectedCallback() {
    for (const what of ['balances', 'price', 'prices']) store.addEventListener(what, () => this.#show());
    this.replaceChildren(el('h2', {}, texts.account), partState(['balances', 'power']), el('dl'));
    this.#show();
  }

  #show() {
    const {power} = store;
    const stocks = held().reduce((sum, stock) => sum + (marketValue(stock) ?? BigInt(stock.stockValue)), 0n);
    const rows = [
      ['buyingPower', power && BigInt(power.buyingPower)],
      ['cash', power && BigInt(power.cashValue)],
      ['heldCash', power && BigInt(power.heldCash)],
      ['stocksValue', store.balances && stocks],
      ['total', power && store.balances && BigInt(power.cashValue) + stocks],
    ];
    this.querySelector('dl').replaceChildren(...rows.map(([name, value]) =>
      el('div', {class: name}, el('dt', {}, texts[name]), el('dd', {}, value === null ? '–' : yen(value)))));
  }
}

class HoldingsTable extends HTMLElement {
  connectedCallback() {
    for (const what of ['balances', 'price', 'prices']) store.addEventListener(what, () => this.#show());
    this.replaceChildren(el('h2', {}, texts.holdings), partState(['balances', 'power']),
      el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': texts.holdings}));
    this.#show();
  }

  #show() {
    const heads = ['stock', 'shares', 'available', 'bookValue', 'lastPrice', 'marketValue', 'profit'].map((name) => texts[name]);
    const rows = held().map((stock) => row(heads, this.#cells(stock), {'data-stock': stock.stockCode}));
    this.lastElementChild.replaceChildren(
      rows.length > 0 ? table(texts.holdings, heads, rows) : el('p', {}, store.balances ? texts.noHoldings : '–'));
  }

  #cells(stock) {
    const value = marketValue(stock);
    const profit = value === null ? null : value - BigInt(stock.stockValue);
    const free = store.power?.stocks.find(({stockCode}) => stockCode === stock.stockCode)?.availableQuantity;
    const last = store.last.get(stock.stockCode);
    return [
      stock.stockCode,
      {number: count(stock.stockQuantity)},
      {number: free === undefined ? '–' : count(free)},
      {number: yen(BigInt(stock.stockValue))},
      {number: last ? yen(last.price) : '–'},
      {number: value === null ? '–' : yen(value)},
      {number: profit === null ? '–' : signedYen(profit), kind: profit > 0n ? 'gain' : profit < 0n ? 'loss' : ''},
    ];
  }
}

customElements.define('cash-panel', CashPanel);
customElements.define('holdings-table', HoldingsTable);
