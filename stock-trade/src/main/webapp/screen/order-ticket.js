// The order ticket. It is locked from the click until the outcome of the order is known, even across a reload.

import * as api from './api.js';
import './order-estimate.js';
import {OrderSubmission} from './order-submission.js';
import {session} from './session.js';
import {japanDate, japanTime, store} from './store.js';
import {TicketPrice} from './ticket-price.js';
import {el} from './dom.js';
import {partState} from './part-state.js';
import {formFields} from './form-fields.js';
import {fieldError, problemText} from './problem-texts.js';
import {count, texts, yen} from './texts.js';

const NUMBER = /^(0|[1-9]\d{0,11})(\.\d{1,4})?$/;
const WHOLE = /^(0|[1-9]\d{0,11})$/;
const FIELDS = ['stockCode', 'tradeType', 'orderType', 'orderQuantity', 'orderPrice'];
const {field, choice, setError} = formFields('ticket');

class OrderTicket extends HTMLElement {
  #price = new TicketPrice();
  #submission = new OrderSubmission({
    send: api.place, storage: sessionStorage, owner: () => session.owner, changed: (phase) => this.#progress(phase),
  });
  #stock = null; // the stock that the price belongs to
  #locked = false;
  #form; #fields; #estimate; #message; #alert; #button;

  connectedCallback() {
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#alert = el('p', {role: 'alert', class: 'message alert'});
    this.#button = el('button', {type: 'submit', class: 'primary'}, texts.place);
    // A single element to disable; role none, since each choice inside is its own group.
    this.#fields = el('fieldset', {class: 'fields', role: 'none'},
      field('stockCode', texts.stock, el('select', {name: 'stockCode'})),
      choice('tradeType', texts.side, ['BUY', 'SELL'].map((side) => [side, texts[side]])),
      choice('orderType', texts.type, ['0', '1'].map((type) => [type, texts[type]])),
      field('orderQuantity', texts.quantity, el('input', {name: 'orderQuantity', inputmode: 'numeric', autocomplete: 'off'})),
      field('orderPrice', texts.marketPrice, el('input', {name: 'orderPrice', inputmode: 'decimal', autocomplete: 'off'}), true));
    this.#estimate = el('order-estimate');
    this.#form = el('form', {novalidate: true, 'aria-labelledby': 'ticket-title', submit: (event) => this.#submit(event),
      input: (event) => this.#edited(event)},
      this.#fields, this.#estimate, this.#button, this.#message, this.#alert);
    this.replaceChildren(el('h2', {id: 'ticket-title', tabindex: '-1'}, texts.ticket), partState(['stocks']), this.#form);
    store.addEventListener('stocks', () => this.#showStocks());
    store.addEventListener('selected', () => this.#stockChanged());
    for (const event of ['prices', 'price']) store.addEventListener(event, () => this.#priceChanged());
    store.addEventListener('account', () => this.#show());
    if (this.#submission.unresolved) {
      this.#lock(true);
      this.#progress('checking');
    }
    this.#show();
  }

  /** Resumes an order that was pending when the page was unloaded. Call after the session has started. */
  async resume() {
    if (!session.isOpen) {
      if (this.#submission.unresolved) this.#alert.textContent = texts.signInToCheck;
      return;
    }
    if (this.#submission.pending) {
      this.#showPending(this.#submission.pending);
      await this.#track(this.#submission.resume());
    } else {
      this.#alert.textContent = '';
      this.#lock(false);
    }
  }

  #value = (name) => this.#form.elements[name].value.trim();

  #showStocks() {
    if (this.#locked) return;
    const select = this.#form.elements.stockCode;
    const codes = store.stocks.map(({stockCode}) => stockCode);
    if (codes.join() !== [...select.options].map(({value}) => value).join()) {
      select.replaceChildren(...store.stocks.map(({stockCode, stockName}) => el('option', {value: stockCode}, `${stockCode} ${stockName}`)));
    }
    this.#stockChanged();
  }

  #edited({target}) {
    if (target.name === 'stockCode') store.select(target.value);
    if (target.name === 'orderType') this.#price.choose(target.value);
    if (target.name === 'orderPrice') this.#price.typed(target.value);
    setError(this.#form, target.name, '');
    this.#show();
  }

  #lastPrice = () => store.lastPrices.get(this.#stock)?.price;

  // The stock can change here or in the chart.
  #stockChanged() {
    if (this.#locked) return;
    this.#form.elements.stockCode.value = store.selected;
    if (this.#stock !== store.selected) this.#reset();
  }

  #reset() {
    this.#stock = store.selected;
    this.#price.reset(this.#lastPrice());
    this.#form.elements.orderPrice.value = this.#price.value;
    this.#show();
  }

  // The price must not change while it is being edited or just before a click: the user sends the price that was shown.
  #priceChanged() {
    const busy = this.#locked || document.activeElement === this.#form.elements.orderPrice || this.#button.matches(':hover, :focus');
    if (!busy) {
      this.#price.tick(this.#lastPrice());
      this.#form.elements.orderPrice.value = this.#price.value;
    }
    this.#show();
  }

  #show() {
    const market = this.#value('orderType') === '0';
    this.#form.querySelector('label[for=ticket-orderPrice]').textContent = market ? texts.marketPrice : texts.limitPrice;
    this.#form.querySelector('#ticket-orderPrice-note').textContent = market ? texts.marketNote : texts.limitNote;
    this.#estimate.show({
      stockCode: this.#value('stockCode'), tradeType: this.#value('tradeType'),
      orderPrice: NUMBER.test(this.#value('orderPrice')) ? this.#value('orderPrice') : null,
      orderQuantity: WHOLE.test(this.#value('orderQuantity')) ? this.#value('orderQuantity') : null,
    });
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#locked) return;
    FIELDS.forEach((name) => setError(this.#form, name, ''));
    this.#message.textContent = '';
    this.#alert.textContent = '';
    const fields = Object.fromEntries(FIELDS.map((name) => [name, this.#value(name)]));
    if (this.#isNumeric(fields)) await this.#track(this.#submission.submit(requestBody(fields)));
  }

  // JSON needs numbers; the server validates the rest.
  #isNumeric({orderQuantity, orderPrice}) {
    const errors = [];
    if (!WHOLE.test(orderQuantity)) errors.push(['orderQuantity', texts.notWhole]);
    if (!NUMBER.test(orderPrice)) errors.push(['orderPrice', texts.notPrice]);
    this.#showErrors(errors);
    return errors.length === 0;
  }

  /** Locks the ticket until the outcome of the submission is known, and shows it. */
  async #track(submission) {
    const focused = this.#fields.contains(document.activeElement) ? document.activeElement : null;
    this.#lock(true);
    if (focused) this.#button.focus(); // a disabled field has no focus
    const outcome = await submission;
    this.#lock(false);
    this.#alert.textContent = '';
    if (focused && document.activeElement === this.#button) focused.focus();
    if (outcome.accepted) {
      this.#accepted(outcome.accepted);
      return;
    }
    // The order stays in the ticket, to be corrected. The chart may show another stock by now.
    if (this.#stock !== store.selected) store.select(this.#stock);
    this.#showStocks();
    if (outcome.rejected) this.#rejected(outcome.rejected);
    else this.#alert.textContent = texts.unresolved;
  }

  #accepted(trade) {
    this.#message.textContent = texts.accepted(trade.tradeNo);
    this.#form.elements.orderQuantity.value = '';
    this.#showStocks();
    this.#reset();
    store.applyOrder(trade);
  }

  #rejected(error) {
    const {problemType, problem} = error;
    if (problemType === 'insufficient-funds') {
      this.#alert.textContent = texts.noFunds(yen(BigInt(problem.required)), yen(BigInt(problem.available)));
    } else if (problemType === 'insufficient-holdings') {
      this.#alert.textContent = texts.noHoldingsToSell(count(problem.required), count(problem.available));
    } else if (problemType === 'idempotency-key-reused' && problem.tradeNo) {
      this.#alert.textContent = texts.placedBefore(problem.tradeNo);
    } else {
      this.#alert.textContent = problemText(error);
      this.#showErrors((problem.errors ?? []).map(fieldError));
    }
  }

  /** Shows errors at their fields and focuses the first. Errors of other fields are not shown. */
  #showErrors(errors) {
    errors.forEach(([name, text]) => setError(this.#form, name, text));
    const first = this.#form.querySelector('[aria-invalid]');
    if (!first) return;
    this.#alert.textContent = texts.fixFields;
    first.focus();
  }

  // A disabled button would lose the focus, so it is only aria-disabled.
  #lock(locked) {
    this.#locked = locked;
    this.#fields.disabled = locked;
    this.#button.ariaDisabled = String(locked);
    if (!locked) this.#button.textContent = texts.place;
  }

  #progress(phase) {
    this.#button.textContent = texts[phase];
    if (phase === 'checking') this.#alert.textContent = texts.unconfirmed;
  }

  /** Fills in the pending order. */
  #showPending(pending) {
    const select = this.#form.elements.stockCode;
    if (![...select.options].some(({value}) => value === pending.stockCode)) {
      select.append(el('option', {value: pending.stockCode}, pending.stockCode));
    }
    for (const name of FIELDS) this.#form.elements[name].value = String(pending[name]);
    this.#stock = pending.stockCode;
    this.#price.choose(pending.orderType);
    this.#price.typed(String(pending.orderPrice));
    this.#show();
  }
}

function requestBody({orderPrice, orderQuantity, ...rest}) {
  const now = new Date();
  return {...(session.account ? {account: session.account} : {}), orderDate: japanDate(now), orderTime: japanTime(now), ...rest,
    orderPrice: Number(orderPrice), orderQuantity: Number(orderQuantity)};
}

customElements.define('order-ticket', OrderTicket);
