// The signed-in user, the account, and the buttons to sign in and out. Empty if sign-in is off.

import {el} from './dom.js';
import {session} from './session.js';
import {store} from './store.js';
import {texts} from './texts.js';

class SignIn extends HTMLElement {
  /** Call after the session has started. */
  show() {
    if (!session.required) return;
    this.replaceChildren(...session.isOpen
      ? [el('span', {}, session.name), el('span', {class: 'account'}), el('button', {type: 'button', click: () => session.signOut()}, texts.signOut)]
      : [el('button', {type: 'button', class: 'primary', click: () => session.signIn()}, texts.signIn)]);
    store.addEventListener('account', () => this.#showAccount());
  }

  // The user name at the provider can differ from the account id.
  #showAccount() {
    const {account} = store.account ?? {};
    this.querySelector('.account').textContent = account ? texts.accountOf(account) : '';
  }
}

customElements.define('sign-in', SignIn);
