// The order ticket. It is locked from the click until the outcome of the order is known, also across a reload.

import * as api from './api.js';
import './order-estimate.js';
import {OrderSubmission} from './order-submission.js';
import {session} from './session.js';
import {japanDate, japanTime, store} from './store.js';
import {TicketPrice} from './ticket-price.js';
import {el} from './dom.js';
import {partState} from './part-state.js';
import {formFields} from './form-fields.js';
import {count, texts, yen} from './texts.js';

const NUMBER = /^(0|[1-9]\d{0,11})(\.\d{1,4})?$/;
const WHOLE = /^(0|[1-9]\d{0,11})$/;
const FIELDS = ['stockCode', 'tradeType', 'orderType', 'orderQuantity', 'orderPrice'];
const {field, choice, mark} = formFields('ticket');

class OrderTicket extends HTMLElement {
  #price = new TicketPrice();
  #submission = new OrderSubmission({
    send: api.place, storage: sessionStorage, owner: () => session.owner, changed: (phase) => this.#progress(phase),
  });
  #stock = null; // whose price the ticket has
  #locked = false;
  #form; #fields; #estimate; #message; #alert; #button;

  connectedCallback() {
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#alert = el('p', {role: 'alert', class: 'message alert'});
    this.#button = el('button', {type: 'submit', class: 'primary'}, texts.place);
    // One element to disable; each choice inside is a group of its own.
    this.#fields = el('fieldset', {class: 'fields', role: 'none'},
      field('stockCode', texts.stock, el('select', {name: 'stockCode'})),
      choice('tradeType', texts.side, ['BUY', 'SELL'].map((side) => [side, texts[side]])),
      choice('orderType', texts.type, ['0', '1'].map((type) => [type, texts[type]])),
      field('orderQuantity', texts.quantity, el('input', {name: 'orderQuantity', inputmode: 'numeric', autocomplete: 'off'})),
      field('orderPrice', texts.marketPrice, el('input', {name: 'orderPrice', inputmode: 'decimal', autocomplete: 'off'}), true));
    this.#estimate = el('order-estimate');
    this.#form = el('form', {novalidate: true, 'aria-labelledby': 'ticket-title', submit: (event) => this.#submit(event),
      input: (event) => this.#typed(event)},
      this.#fields, this.#estimate, this.#button, this.#message, this.#alert);
    this.replaceChildren(el('h2', {id: 'ticket-title', tabindex: '-1'}, texts.ticket), partState(['stocks']), this.#form);
    store.addEventListener('stocks', () => this.#offer());
    store.addEventListener('selected', () => this.#stockChanged());
    for (const what of ['prices', 'price']) store.addEventListener(what, () => this.#tick());
    store.addEventListener('account', () => this.#show());
    if (this.#submission.unresolved) {
      this.#lock(true);
      this.#progress('checking');
    }
    this.#show();
  }

  /** Goes on with the order that was pending when the page was left; once the session has begun. */
  async resume() {
    if (!session.open) {
      if (this.#submission.unresolved) this.#alert.textContent = texts.signInToCheck;
      return;
    }
    if (this.#submission.pending) {
      this.#fill(this.#submission.pending);
      await this.#track(this.#submission.resume());
    } else {
      this.#alert.textContent = '';
      this.#lock(false);
    }
  }

  #value = (name) => this.#form.elements[name].value.trim();

  #offer() {
    if (this.#locked) return;
    const select = this.#form.elements.stockCode;
    const codes = store.stocks.map(({stockCode}) => stockCode);
    if (codes.join() !== [...select.options].map(({value}) => value).join()) {
      select.replaceChildren(...store.stocks.map(({stockCode, stockName}) => el('option', {value: stockCode}, `${stockCode} ${stockName}`)));
    }
    this.#stockChanged();
  }

  #typed({target}) {
    if (target.name === 'stockCode') store.select(target.value);
    if (target.name === 'orderType') this.#price.choose(target.value);
    if (target.name === 'orderPrice') this.#price.typed(target.value);
    mark(this.#form, target.name, '');
    this.#show();
  }

  #last = () => store.last.get(this.#stock)?.price;

  // Another stock, chosen here or in the chart, has another price.
  #stockChanged() {
    if (this.#locked) return;
    this.#form.elements.stockCode.value = store.selected;
    if (this.#stock !== store.selected) this.#reset();
  }

  #reset() {
    this.#stock = store.selected;
    this.#price.reset(this.#last());
    this.#form.elements.orderPrice.value = this.#price.value;
    this.#show();
  }

  // Nothing changes in a field that is being edited, nor under a click: what was read is what is sent.
  #tick() {
    const busy = this.#locked || document.activeElement === this.#form.elements.orderPrice || this.#button.matches(':hover, :focus');
    if (!busy) {
      this.#price.tick(this.#last());
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
    FIELDS.forEach((name) => mark(this.#form, name, ''));
    this.#message.textContent = '';
    this.#alert.textContent = '';
    const fields = Object.fromEntries(FIELDS.map((name) => [name, this.#value(name)]));
    if (this.#readable(fields)) await this.#track(this.#submission.submit(order(fields)));
  }

  // What is no number cannot be sent as one; everything else is the server's to judge.
  #readable({orderQuantity, orderPrice}) {
    const wrong = [];
    if (!WHOLE.test(orderQuantity)) wrong.push(['orderQuantity', texts.notWhole]);
    if (!NUMBER.test(orderPrice)) wrong.push(['orderPrice', texts.notNumber]);
    this.#explain(wrong);
    return wrong.length === 0;
  }

  /** Keeps the ticket locked until the submission has its outcome, and shows that. */
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
    // The order stays in the ticket, to be corrected; the chart may show another stock by now.
    if (this.#stock !== store.selected) store.select(this.#stock);
    this.#offer();
    if (outcome.refused) this.#refused(outcome.refused);
    else this.#alert.textContent = texts.unresolved;
  }

  #accepted(trade) {
    this.#message.textContent = texts.accepted(trade.tradeNo);
    this.#form.elements.orderQuantity.value = '';
    this.#offer();
    this.#reset();
    store.order(trade);
  }

  #refused({word, problem, message}) {
    if (word === 'insufficient-funds') {
      this.#alert.textContent = texts.noFunds(yen(BigInt(problem.required)), yen(BigInt(problem.available)));
    } else if (word === 'insufficient-holdings') {
      this.#alert.textContent = texts.noHoldingsToSell(count(problem.required), count(problem.available));
    } else if (word === 'idempotency-key-reused' && problem.tradeNo) {
      this.#alert.textContent = texts.placedBefore(problem.tradeNo);
    } else if (texts.problems[word]) {
      this.#alert.textContent = texts.problems[word];
    } else if (problem.errors?.length > 0) {
      this.#explain(problem.errors.map(({pointer, detail}) => {
        const name = (pointer ?? '').slice(1);
        return [name, texts.rules[name] ?? detail];
      }));
    } else {
      this.#alert.textContent = texts.refused(message);
    }
  }

  /** Shows errors beside their fields, and leads to the first. */
  #explain(errors) {
    if (errors.length === 0) return;
    errors.forEach(([name, text]) => mark(this.#form, name, text));
    const first = this.#form.querySelector('[aria-invalid]');
    this.#alert.textContent = first ? texts.mend : texts.refused(errors.map((error) => error.join(' ')).join('; '));
    first?.focus();
  }

  // The button is not disabled, which would take the focus away from it.
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

  /** Shows the order that is pending. */
  #fill(pending) {
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

function order({orderPrice, orderQuantity, ...rest}) {
  const now = new Date();
  return {...(session.account ? {account: session.account} : {}), orderDate: japanDate(now), orderTime: japanTime(now), ...rest,
    orderPrice: Number(orderPrice), orderQuantity: Number(orderQuantity)};
}

customElements.define('order-ticket', OrderTicket);
