// Who is signed in, with which account, and the way in and out; nothing where everybody may call.

import {el} from './dom.js';
import {session} from './session.js';
import {store} from './store.js';
import {texts} from './texts.js';

class SignIn extends HTMLElement {
  /** Once the session has begun. */
  show() {
    if (!session.wanted) return;
    this.replaceChildren(...session.open
      ? [el('span', {}, session.name), el('span', {class: 'account'}), el('button', {type: 'button', click: () => session.signOut()}, texts.signOut)]
      : [el('button', {type: 'button', class: 'primary', click: () => session.signIn()}, texts.signIn)]);
    store.addEventListener('account', () => this.#account());
  }

  // The provider's name of a customer can be another than the account's.
  #account() {
    const {account} = store.account ?? {};
    this.querySelector('.account').textContent = account ? texts.accountOf(account) : '';
  }
}

customElements.define('sign-in', SignIn);
