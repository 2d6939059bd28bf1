// Chooses the account that the page shows. Choosing another one loads the page again: nothing of the last account stays.

import {MAIN, isAccountId} from './account-choice.js';
import {session} from './session.js';
import {el} from './dom.js';
import {texts} from './texts.js';

/** Shows another account; null for none, so that an operator sees the orders of all. */
export function showAccount(id) {
  if (id === null) session.accounts.chooseNone();
  else session.accounts.choose(id);
  location.reload();
}

class AccountSwitch extends HTMLElement {
  /** Once the session has begun. */
  show() {
    if (!session.open || !session.choosesAccount) return;
    const {chosen, known} = session.accounts;
    const input = el('input', {
      id: 'account', list: 'accounts', value: chosen ?? session.defaultAccount, placeholder: texts.accountId, autocomplete: 'off',
      spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'account-error', change: () => this.#choose(input),
    });
    this.replaceChildren(...[el('label', {for: 'account'}, texts.account), input,
      el('datalist', {id: 'accounts'}, ...[...new Set([MAIN, ...known])].map((id) => el('option', {value: id}))),
      session.wanted && session.hasAccount ? el('button', {type: 'button', click: () => showAccount(null)}, texts.allAccounts) : null,
      el('p', {id: 'account-error', class: 'error', role: 'alert'})].filter((part) => part));
  }

  #choose(input) {
    const id = input.value.trim();
    const valid = isAccountId(id);
    this.querySelector('#account-error').textContent = valid ? '' : texts.notAccountId;
    input.toggleAttribute('aria-invalid', !valid);
    if (valid) showAccount(id);
  }
}

customElements.define('account-switch', AccountSwitch);
