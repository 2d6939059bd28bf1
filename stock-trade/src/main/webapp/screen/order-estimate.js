// The order summary: estimated cost or proceeds, shown before the order is placed.

import {amount, charges, estimate} from './money.js';
import {store} from './store.js';
import {el} from './dom.js';
import {count, texts, yen} from './texts.js';

const SHOWN = ['amount', 'fee', 'tax', 'cost', 'available'];

class OrderEstimate extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(el('section', {class: 'estimate', 'aria-labelledby': 'estimate-title'},
      el('h3', {id: 'estimate-title'}, texts.estimate),
      el('dl', {'aria-live': 'polite'}, ...SHOWN.map((name) => el('div', {class: name}, el('dt'), el('dd', {}, '–'))))));
  }

  /** Shows an order; price or quantity is null if it is not a number. */
  show({stockCode, tradeType, orderPrice, orderQuantity}) {
    const orderAmount = orderPrice === null || orderQuantity === null ? null : amount(orderPrice, orderQuantity);
    const {fee, tax} = orderAmount === null ? {fee: null, tax: null} : charges(orderAmount);
    const sellable = store.account?.stocks.find((stock) => stock.stockCode === stockCode)?.availableQuantity ?? 0;
    const buys = tradeType === 'BUY';
    const rows = {
      amount: [texts.orderAmount, orderAmount], fee: [texts.fee, fee], tax: [texts.tax, tax],
      cost: [buys ? texts.cost : texts.proceeds, orderAmount === null ? null : estimate(tradeType, orderAmount)],
      available: buys
        ? [texts.buyingPower, store.account && BigInt(store.account.buyingPower)] : [texts.available, store.account && sellable],
    };
    for (const [name, [label, value]] of Object.entries(rows)) {
      const text = value === null ? '–' : name === 'available' && !buys ? count(value) : yen(value);
      const [term, detail] = this.querySelector(`.${name}`).children;
      if (term.textContent !== label) term.textContent = label;
      if (detail.textContent !== text) detail.textContent = text;
    }
  }
}

customElements.define('order-estimate', OrderEstimate);
