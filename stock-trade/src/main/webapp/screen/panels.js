// The account's cash and holdings.

import {amount} from './money.js';
import {store} from './store.js';
import {partState} from './part-state.js';
import {el, row, table} from './dom.js';
import {count, signedYen, texts, yen} from './texts.js';

const marketValue = ({stockCode, stockQuantity}) => {
  const last = store.lastPrices.get(stockCode);
  return last ? amount(last.price, stockQuantity) : null;
};

/** The positions of the account; those of the ledger if buying power is not checked. */
const positions = () => ((store.account ?? store.balances)?.stocks ?? []).filter(({stockQuantity}) => stockQuantity !== 0);

/** The cost basis in yen; null until the ledger has booked the current quantity. */
const costBasis = ({stockCode, stockQuantity}) => {
  const booked = store.balances?.stocks.find((stock) => stock.stockCode === stockCode);
  return booked?.stockQuantity === stockQuantity ? BigInt(booked.stockValue) : null;
};

class CashPanel extends HTMLElement {
  connectedCallback() {
    for (const event of ['account', 'price', 'prices']) store.addEventListener(event, () => this.#show());
    this.replaceChildren(el('h2', {}, texts.account), partState(['balances', 'account']), el('p', {class: 'note'}), el('dl'));
    this.#show();
  }

  #show() {
    const {account, balances} = store;
    const known = account ?? balances;
    const stocks = positions().reduce((sum, stock) => sum + (marketValue(stock) ?? costBasis(stock) ?? 0n), 0n);
    const rows = [
      ['buyingPower', account && BigInt(account.buyingPower)],
      ['cash', known && BigInt(known.cashValue)],
      ['reservedCash', account && BigInt(account.reservedCash)],
      ['stocksValue', known && stocks],
      ['total', known && BigInt(known.cashValue) + stocks],
    ];
    this.querySelector('.note').textContent = texts.accountStatuses[account?.status] ?? (balances && !account ? texts.noAccount : '');
    this.querySelector('dl').replaceChildren(...rows.map(([name, value]) =>
      el('div', {class: name}, el('dt', {}, texts[name]), el('dd', {}, value === null ? '–' : yen(value)))));
  }
}

class HoldingsTable extends HTMLElement {
  connectedCallback() {
    for (const event of ['account', 'price', 'prices']) store.addEventListener(event, () => this.#show());
    this.replaceChildren(el('h2', {}, texts.holdings), partState(['balances', 'account']),
      el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': texts.holdings}));
    this.#show();
  }

  #show() {
    const heads = ['stock', 'shares', 'available', 'costBasis', 'lastPrice', 'marketValue', 'profit'].map((name) => texts[name]);
    const rows = positions().map((stock) => row(heads, this.#cells(stock), {'data-stock': stock.stockCode}));
    this.lastElementChild.replaceChildren(
      rows.length > 0 ? table(texts.holdings, heads, rows) : el('p', {}, store.account ?? store.balances ? texts.noHoldings : '–'));
  }

  #cells(stock) {
    const value = marketValue(stock);
    const cost = costBasis(stock);
    const profit = value === null || cost === null ? null : value - cost;
    const available = store.account?.stocks.find(({stockCode}) => stockCode === stock.stockCode)?.availableQuantity;
    const last = store.lastPrices.get(stock.stockCode);
    return [
      stock.stockCode,
      {number: count(stock.stockQuantity)},
      {number: available === undefined ? '–' : count(available)},
      {number: cost === null ? '–' : yen(cost)},
      {number: last ? yen(last.price) : '–'},
      {number: value === null ? '–' : yen(value)},
      {number: profit === null ? '–' : signedYen(profit), kind: profit > 0n ? 'gain' : profit < 0n ? 'loss' : ''},
    ];
  }
}

customElements.define('cash-panel', CashPanel);
customElements.define('holdings-table', HoldingsTable);
