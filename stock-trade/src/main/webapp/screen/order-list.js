// The live order list, newest first. Open orders can be cancelled.

import * as api from './api.js';
import {orderCells, orderHeads} from './order-columns.js';
import {session} from './session.js';
import {store} from './store.js';
import {partState} from './part-state.js';
import {el, row, table} from './dom.js';
import {texts} from './texts.js';

class OrderList extends HTMLElement {
  #orders; #more; #message;

  connectedCallback() {
    this.#orders = el('div');
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#more = el('button', {type: 'button', hidden: true, click: () => store.moreOrders().catch(() => {})}, texts.more);
    this.replaceChildren(el('h2', {id: 'orders-title', tabindex: '-1'}, texts.orders), partState(['orders']),
      this.#message, this.#orders, this.#more);
    store.addEventListener('orders', () => this.#show());
    store.addEventListener('status', ({detail: {tradeNo, tradeStatus}}) => {
      this.#message.textContent = texts.statusChanged(tradeNo, texts.statuses[tradeStatus]);
    });
  }

  #show() {
    const heads = [...orderHeads(), 'action'].map((name) => texts[name]);
    const focused = this.contains(document.activeElement) ? document.activeElement.closest('tr')?.dataset.order : null;
    const rows = [...store.orders.values()].sort((a, b) => b.tradeNo - a.tradeNo).map((order) =>
      row(heads, this.#cells(order), {'data-order': order.tradeNo, 'data-status': order.tradeStatus}));
    this.#orders.replaceChildren(rows.length > 0 ? table(texts.orders, heads, rows) : el('p', {}, texts.noOrders));
    this.#more.hidden = !store.nextCursor;
    // The rows were rebuilt: restore the focus to the button, or else to the heading.
    if (focused) (this.querySelector(`[data-order="${focused}"] button`) ?? this.querySelector('h2')).focus();
  }

  #cells(order) {
    const cancel = order.tradeStatus === '0' && session.canCancel
      ? el('button', {type: 'button', 'aria-label': texts.cancelOrder(order.tradeNo), click: () => this.#cancel(order.tradeNo)},
        texts.cancel)
      : '';
    return [
      ...orderCells(order, el('span', {class: order.tradeType.toLowerCase()}, texts[order.tradeType]),
        el('span', {class: `status s${order.tradeStatus}`}, texts.statuses[order.tradeStatus])),
      cancel,
    ];
  }

  async #cancel(tradeNo) {
    try {
      await api.cancel(tradeNo);
    } catch (error) {
      this.#message.textContent = error.status === 409 ? texts.notOpen(tradeNo) : texts.cancelFailed(tradeNo);
      if (error.status !== 409) return;
    }
    await api.order(tradeNo).then((order) => store.applyOrder(order), () => {});
  }
}

customElements.define('order-list', OrderList);
