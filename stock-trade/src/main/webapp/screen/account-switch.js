// Chooses the account that the page shows. Choosing another one loads the page again: nothing of the last account stays.

import {MAIN, isAccountId} from './account-choice.js';
import {session} from './session.js';
import {el} from './dom.js';
import {texts} from './texts.js';

class AccountSwitch extends HTMLElement {
  /** Once the session has begun. */
  show() {
    if (!session.open || !session.choosesAccount) return;
    const {chosen, known} = session.accounts;
    const input = el('input', {
      id: 'account', list: 'accounts', value: chosen ?? session.defaultAccount, placeholder: texts.accountId, autocomplete: 'off',
      spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'account-error', change: () => this.#choose(input),
    });
    this.replaceChildren(el('label', {for: 'account'}, texts.account), input,
      el('datalist', {id: 'accounts'}, ...[...new Set([MAIN, ...known])].map((id) => el('option', {value: id}))),
      el('p', {id: 'account-error', class: 'error', role: 'alert'}));
  }

  #choose(input) {
    const id = input.value.trim();
    const valid = isAccountId(id);
    this.querySelector('#account-error').textContent = valid ? '' : texts.notAccountId;
    input.toggleAttribute('aria-invalid', !valid);
    if (!valid) return;
    session.accounts.choose(id);
    location.reload();
  }
}

customElements.define('account-switch', AccountSwitch);
