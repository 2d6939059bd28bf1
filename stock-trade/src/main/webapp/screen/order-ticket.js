// The order ticket: what an order will cost or bring is shown before it is sent.

import * as api from './api.js';
import {amount, charges, estimate} from './money.js';
import {japanDate, japanTime, store} from './store.js';
import {el} from './dom.js';
import {count, texts, yen} from './texts.js';

const NUMBER = /^(0|[1-9]\d{0,11})(\.\d{1,4})?$/;
const WHOLE = /^(0|[1-9]\d{0,11})$/;
const SHOWN = ['amount', 'fee', 'tax', 'cost', 'available'];

class OrderTicket extends HTMLElement {
  #attempt = null; // {key, body, form}: kept until it is known what became of it
  #priced = false; // whether the price is the customer's own
  #form; #message; #alert; #button;

  connectedCallback() {
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#alert = el('p', {role: 'alert', class: 'message alert'});
    this.#button = el('button', {type: 'submit', class: 'primary'}, texts.place);
    this.#form = el('form', {novalidate: true, 'aria-labelledby': 'ticket-title', submit: (event) => this.#submit(event),
      input: (event) => this.#typed(event)},
      this.#field('stockCode', texts.stock, el('select', {name: 'stockCode'})),
      this.#choice('tradeType', texts.side, ['BUY', 'SELL']),
      this.#choice('orderType', texts.type, ['0', '1']),
      this.#field('orderQuantity', texts.quantity, el('input', {name: 'orderQuantity', inputmode: 'numeric', autocomplete: 'off'})),
      this.#field('orderPrice', texts.marketPrice, el('input', {name: 'orderPrice', inputmode: 'decimal', autocomplete: 'off'})),
      el('section', {class: 'estimate', 'aria-labelledby': 'estimate-title'},
        el('h3', {id: 'estimate-title'}, texts.estimate),
        el('dl', {'aria-live': 'polite'}, ...SHOWN.map((name) => el('div', {class: name}, el('dt'), el('dd', {}, '–'))))),
      this.#button, this.#message, this.#alert);
    this.replaceChildren(el('h2', {id: 'ticket-title', tabindex: '-1'}, texts.ticket), this.#form);
    store.addEventListener('stocks', () => this.#offer());
    for (const what of ['prices', 'price', 'selected']) store.addEventListener(what, () => { this.#reprice(); this.#reckon(); });
    store.addEventListener('balances', () => this.#reckon());
    this.#reckon();
  }

  #field(name, label, input) {
    input.id = `ticket-${name}`;
    input.setAttribute('aria-describedby', `${input.id}-error${name === 'orderPrice' ? ` ${input.id}-note` : ''}`);
    return el('div', {class: 'field'}, el('label', {for: input.id}, label), input,
      name === 'orderPrice' ? el('p', {class: 'note', id: `${input.id}-note`}) : null,
      el('p', {class: 'error', id: `${input.id}-error`}));
  }

  #choice(name, legend, values) {
    return el('fieldset', {class: 'choice'}, el('legend', {}, legend), ...values.map((value, i) => el('label', {},
      el('input', {type: 'radio', name, value, checked: i === 0, 'aria-describedby': `ticket-${name}-error`}), texts[value])),
    el('p', {class: 'error', id: `ticket-${name}-error`}));
  }

  #value = (name) => this.#form.elements[name].value.trim();

  #offer() {
    const select = this.#form.elements.stockCode;
    const codes = store.stocks.map(({stockCode}) => stockCode);
    if (codes.join() !== [...select.options].map(({value}) => value).join()) {
      select.replaceChildren(...store.stocks.map(({stockCode, stockName}) => el('option', {value: stockCode}, `${stockCode} ${stockName}`)));
    }
    select.value = store.selected;
  }

  #typed({target}) {
    if (target.name === 'stockCode') {
      this.#priced = false;
      store.select(target.value);
    }
    if (target.name === 'orderPrice') this.#priced = target.value !== '';
    this.#mark(target.name, '');
    this.#reckon();
  }

  // The last price is offered until the customer has a price of his own, or is about to.
  #reprice() {
    this.#form.elements.stockCode.value = store.selected;
    const last = store.last.get(store.selected);
    const input = this.#form.elements.orderPrice;
    if (!this.#priced && document.activeElement !== input) input.value = last ? String(last.price) : '';
  }

  #reckon() {
    const side = this.#value('tradeType');
    const market = this.#value('orderType') === '0';
    this.#form.querySelector('label[for=ticket-orderPrice]').textContent = market ? texts.marketPrice : texts.limitPrice;
    this.#form.querySelector('#ticket-orderPrice-note').textContent = market ? texts.marketNote : texts.limitNote;
    const whole = NUMBER.test(this.#value('orderPrice')) && WHOLE.test(this.#value('orderQuantity'))
      ? amount(this.#value('orderPrice'), this.#value('orderQuantity')) : null;
    const {fee, tax} = whole === null ? {fee: null, tax: null} : charges(whole);
    const held = store.power?.stocks.find(({stockCode}) => stockCode === this.#value('stockCode'))?.availableQuantity ?? 0;
    const show = {
      amount: [texts.amount, whole], fee: [texts.fee, fee], tax: [texts.tax, tax],
      cost: [side === 'BUY' ? texts.cost : texts.proceeds, whole === null ? null : estimate(side, whole)],
      available: side === 'BUY' ? [texts.buyingPower, store.power && BigInt(store.power.buyingPower)]
        : [texts.available, store.power && held],
    };
    for (const [name, [label, value]] of Object.entries(show)) {
      const text = value === null ? '–' : name === 'available' && side === 'SELL' ? count(value) : yen(value);
      const [term, detail] = this.#form.querySelector(`.estimate .${name}`).children;
      if (term.textContent !== label) term.textContent = label;
      if (detail.textContent !== text) detail.textContent = text;
    }
  }

  #mark(name, text) {
    const error = this.#form.querySelector(`#ticket-${name}-error`);
    if (!error) return;
    error.textContent = text;
    for (const input of this.#form.querySelectorAll(`[name=${name}]`)) {
      if (text) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }

  #clear() {
    ['stockCode', 'tradeType', 'orderType', 'orderQuantity', 'orderPrice'].forEach((name) => this.#mark(name, ''));
    this.#message.textContent = '';
    this.#alert.textContent = '';
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#button.ariaDisabled === 'true') return;
    this.#clear();
    const fields = Object.fromEntries(new FormData(this.#form).entries());
    if (!this.#readable(fields)) return;
    this.#attempt = this.#attemptOf(JSON.stringify(fields), fields);
    this.#busy(true);
    try {
      const {acceptanceResult} = await api.place(this.#attempt.key, this.#attempt.body);
      this.#attempt = null;
      this.#message.textContent = texts.accepted(acceptanceResult.tradeNo);
      this.#form.elements.orderQuantity.value = '';
      this.#priced = false;
      this.#reprice();
      this.#reckon();
      store.order(acceptanceResult);
    } catch (refusal) {
      this.#refused(refusal);
    } finally {
      this.#busy(false);
    }
  }

  // The same order again is the same attempt, so that it is placed once; another order is another.
  #attemptOf(form, {orderPrice, orderQuantity, ...rest}) {
    if (this.#attempt?.form === form) return this.#attempt;
    const now = new Date();
    const body = JSON.stringify({orderDate: japanDate(now), orderTime: japanTime(now), ...rest,
      orderPrice: Number(orderPrice), orderQuantity: Number(orderQuantity)});
    // Not randomUUID, which a page without TLS does not have.
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return {key, body, form};
  }

  // What is no number cannot be sent as one; everything else is the server's to judge.
  #readable(fields) {
    for (const name of ['orderQuantity', 'orderPrice']) fields[name] = fields[name].trim();
    const wrong = [];
    if (!WHOLE.test(fields.orderQuantity)) wrong.push(['orderQuantity', texts.notWhole]);
    if (!NUMBER.test(fields.orderPrice)) wrong.push(['orderPrice', texts.notNumber]);
    this.#show(wrong);
    return wrong.length === 0;
  }

  #refused(refusal) {
    const {status, word, problem} = refusal;
    // Without an answer, or with a 503, the order may have been placed: only the same attempt is safe.
    if (status === 0 || status >= 500) {
      this.#alert.textContent = texts.again;
      return;
    }
    this.#attempt = null;
    if (word === 'insufficient-funds') {
      this.#alert.textContent = texts.noFunds(yen(BigInt(problem.required)), yen(BigInt(problem.available)));
    } else if (word === 'insufficient-holdings') {
      this.#alert.textContent = texts.noHoldingsToSell(count(problem.required), count(problem.available));
    } else if (problem.errors?.length > 0) {
      this.#show(problem.errors.map(({pointer, detail}) => {
        const name = (pointer ?? '').slice(1);
        return [name, texts.rules[name] ?? detail];
      }));
    } else {
      this.#alert.textContent = texts.refused(refusal.message);
    }
  }

  /** Shows errors beside their fields, and leads to the first. */
  #show(errors) {
    if (errors.length === 0) return;
    errors.forEach(([name, text]) => this.#mark(name, text));
    const first = this.#form.querySelector('[aria-invalid]');
    this.#alert.textContent = first ? texts.mend : texts.refused(errors.map((error) => error.join(' ')).join('; '));
    first?.focus();
  }

  // Not disabled, which would take the focus away from it.
  #busy(busy) {
    this.#button.ariaDisabled = String(busy);
    this.#button.textContent = busy ? texts.placing : texts.place;
  }
}

customElements.define('order-ticket', OrderTicket);
