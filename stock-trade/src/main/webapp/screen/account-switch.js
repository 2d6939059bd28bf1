// Selects the account that the page shows. A change reloads the page, so no data of the last account remains.

import {MAIN, isAccountId} from './account-choice.js';
import {session} from './session.js';
import {el} from './dom.js';
import {texts} from './texts.js';

/** Shows another account; with null an operator sees the orders of all accounts. */
export function showAccount(id) {
  if (id === null) session.accounts.clear();
  else session.accounts.choose(id);
  location.reload();
}

class AccountSwitch extends HTMLElement {
  /** Call after the session has started. */
  show() {
    if (!session.isOpen || !session.canChooseAccount) return;
    const {chosen, known} = session.accounts;
    const input = el('input', {
      id: 'account', list: 'accounts', value: chosen ?? session.defaultAccount, placeholder: texts.accountId, autocomplete: 'off',
      spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'account-error', change: () => this.#choose(input),
    });
    this.replaceChildren(...[el('label', {for: 'account'}, texts.account), input,
      el('datalist', {id: 'accounts'}, ...[...new Set([MAIN, ...known])].map((id) => el('option', {value: id}))),
      session.required && session.hasAccount ? el('button', {type: 'button', click: () => showAccount(null)}, texts.allAccounts) : null,
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
