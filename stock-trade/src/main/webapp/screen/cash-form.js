// Deposits and withdrawals. The form is locked from the click until the outcome is known, also across a reload.

import * as api from './api.js';
import {isAccountId} from './account-choice.js';
import {CashSubmission} from './cash-submission.js';
import {el} from './dom.js';
import {formFields} from './form-fields.js';
import {explained} from './operator-texts.js';
import {session} from './session.js';
import {texts, yen} from './texts.js';

const WHOLE = /^(0|[1-9]\d{0,15})$/;
const FIELDS = ['account', 'type', 'amount', 'reference'];
const {field, choice, mark} = formFields('cash');

class CashForm extends HTMLElement {
  /** Called with each movement that was booked. */
  booked = () => {};

  #submission = new CashSubmission({
    send: api.moveCash, storage: sessionStorage, owner: () => session.person, changed: (phase) => this.#progress(phase),
  });
  #locked = false;
  #form; #fields; #message; #alert; #button;

  connectedCallback() {
    this.#message = el('p', {role: 'status', class: 'message'});
    this.#alert = el('p', {role: 'alert', class: 'message alert'});
    this.#button = el('button', {type: 'submit', class: 'primary'}, texts.book);
    this.#fields = el('fieldset', {class: 'fields', role: 'none'},
      field('account', texts.accountId, el('input', {name: 'account', value: session.account, autocomplete: 'off', spellcheck: 'false',
        autocapitalize: 'off'})),
      choice('type', texts.cashType, ['DEPOSIT', 'WITHDRAWAL'].map((type) => [type, texts.kinds[type]])),
      field('amount', texts.amountYen, el('input', {name: 'amount', inputmode: 'numeric', autocomplete: 'off'})),
      field('reference', texts.reference, el('input', {name: 'reference', maxlength: '100', autocomplete: 'off'})));
    this.#form = el('form', {novalidate: true, 'aria-labelledby': 'cash-title', submit: (event) => this.#submit(event),
      input: ({target}) => mark(this.#form, target.name, '')},
    el('h3', {id: 'cash-title'}, texts.cashMovement), this.#fields, this.#button, this.#message, this.#alert);
    this.replaceChildren(this.#form);
  }

  /** Whether a movement of this operator is without an outcome. */
  get isPending() {
    return this.#submission.pending !== null;
  }

  /** Puts an account in, to go on with the amount. */
  start(account) {
    if (this.#locked) return;
    this.#form.elements.account.value = account;
    mark(this.#form, 'account', '');
    this.#form.elements.amount.focus();
  }

  /** Goes on with the movement that was pending when the page was left. */
  async resume() {
    const {pending} = this.#submission;
    if (pending === null) return;
    for (const name of FIELDS) this.#form.elements[name].value = String(pending[name] ?? '');
    await this.#track(this.#submission.resume());
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#locked) return;
    FIELDS.forEach((name) => mark(this.#form, name, ''));
    this.#message.textContent = '';
    this.#alert.textContent = '';
    const [account, type, amount, reference] = FIELDS.map((name) => this.#form.elements[name].value.trim());
    const wrong = [];
    if (!isAccountId(account)) wrong.push(['account', texts.notAccountId]);
    if (!WHOLE.test(amount)) wrong.push(['amount', texts.notWhole]);
    this.#explain(wrong);
    if (wrong.length > 0) return;
    await this.#track(this.#submission.submit({account, type, amount: Number(amount), ...(reference ? {reference} : {})}));
  }

  /** Keeps the form locked until the movement has its outcome, and shows that. */
  async #track(submission) {
    this.#lock(true);
    const {accepted, refused} = await submission;
    this.#lock(false);
    this.#alert.textContent = '';
    if (accepted) this.#accepted(accepted);
    else this.#refused(refused);
  }

  #accepted(movement) {
    this.#message.textContent = texts.booked(texts.kinds[movement.type], yen(BigInt(movement.amount)), movement.account);
    for (const name of ['amount', 'reference']) this.#form.elements[name].value = '';
    this.booked(movement);
  }

  #refused(refusal) {
    const errors = refusal.problem.errors ?? [];
    if (errors.length > 0) this.#explain(errors.map(({pointer, detail}) => [(pointer ?? '').slice(1), detail]));
    else this.#alert.textContent = explained(refusal);
  }

  /** Shows errors beside their fields, and leads to the first. */
  #explain(errors) {
    if (errors.length === 0) return;
    errors.forEach(([name, text]) => mark(this.#form, name, texts.cashRules[name] ?? text));
    const first = this.#form.querySelector('[aria-invalid]');
    this.#alert.textContent = first ? texts.notBooked : texts.refused(errors.map((error) => error.join(' ')).join('; '));
    first?.focus();
  }

  // The button is not disabled, which would take the focus away from it.
  #lock(locked) {
    if (locked && this.#fields.contains(document.activeElement)) this.#button.focus();
    this.#locked = locked;
    this.#fields.disabled = locked;
    this.#button.ariaDisabled = String(locked);
    if (!locked) this.#button.textContent = texts.book;
  }

  #progress(phase) {
    this.#button.textContent = texts[phase];
    if (phase === 'checking') this.#alert.textContent = texts.cashUnconfirmed;
  }
}

customElements.define('cash-form', CashForm);
