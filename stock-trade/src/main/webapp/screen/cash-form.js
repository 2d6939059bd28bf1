// Deposits and withdrawals. The form is locked from the click until the outcome is known, even across a reload.

import * as api from './api.js';
import {isAccountId} from './account-choice.js';
import {CashSubmission} from './cash-submission.js';
import {el} from './dom.js';
import {formFields} from './form-fields.js';
import {fieldError, operatorProblemText} from './problem-texts.js';
import {session} from './session.js';
import {texts, yen} from './texts.js';

const WHOLE = /^(0|[1-9]\d{0,15})$/;
const FIELDS = ['account', 'type', 'amount', 'reference'];
const {field, choice, setError} = formFields('cash');

class CashForm extends HTMLElement {
  /** Called with each booked movement. */
  onBooked = () => {};

  #submission = new CashSubmission({
    send: api.moveCash, storage: sessionStorage, owner: () => session.user, changed: (phase) => this.#progress(phase),
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
      input: ({target}) => setError(this.#form, target.name, '')},
    el('h3', {id: 'cash-title'}, texts.cashMovement), this.#fields, this.#button, this.#message, this.#alert);
    this.replaceChildren(this.#form);
  }

  /** Whether a movement of this operator has an unknown outcome. */
  get isPending() {
    return this.#submission.pending !== null;
  }

  /** Fills in the account and focuses the amount. */
  start(account) {
    if (this.#locked) return;
    this.#form.elements.account.value = account;
    setError(this.#form, 'account', '');
    this.#form.elements.amount.focus();
  }

  /** Resumes a movement that was pending when the page was unloaded. */
  async resume() {
    const {pending} = this.#submission;
    if (pending === null) return;
    for (const name of FIELDS) this.#form.elements[name].value = String(pending[name] ?? '');
    await this.#track(this.#submission.resume());
  }

  async #submit(event) {
    event.preventDefault();
    if (this.#locked) return;
    FIELDS.forEach((name) => setError(this.#form, name, ''));
    this.#message.textContent = '';
    this.#alert.textContent = '';
    const [account, type, amount, reference] = FIELDS.map((name) => this.#form.elements[name].value.trim());
    const errors = [];
    if (!isAccountId(account)) errors.push(['account', texts.notAccountId]);
    if (!WHOLE.test(amount)) errors.push(['amount', texts.notWhole]);
    this.#showErrors(errors);
    if (errors.length > 0) return;
    await this.#track(this.#submission.submit({account, type, amount: Number(amount), ...(reference ? {reference} : {})}));
  }

  /** Locks the form until the outcome of the movement is known, and shows it. */
  async #track(submission) {
    this.#lock(true);
    const {accepted, rejected} = await submission;
    this.#lock(false);
    this.#alert.textContent = '';
    if (accepted) this.#accepted(accepted);
    else this.#rejected(rejected);
  }

  #accepted(movement) {
    this.#message.textContent = texts.booked(texts.kinds[movement.type], yen(BigInt(movement.amount)), movement.account);
    for (const name of ['amount', 'reference']) this.#form.elements[name].value = '';
    this.onBooked(movement);
  }

  #rejected(error) {
    this.#alert.textContent = operatorProblemText(error);
    this.#showErrors((error.problem.errors ?? []).map(fieldError));
  }

  /** Shows errors at their fields and focuses the first. Errors of other fields are not shown. */
  #showErrors(errors) {
    errors.forEach(([name, text]) => setError(this.#form, name, text));
    const first = this.#form.querySelector('[aria-invalid]');
    if (!first) return;
    this.#alert.textContent = texts.notBooked;
    first.focus();
  }

  // A disabled button would lose the focus, so it is only aria-disabled.
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
