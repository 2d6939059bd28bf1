// Who is signed in, and the way in and out; nothing where everybody may call.

import {el} from './dom.js';
import {session} from './session.js';
import {texts} from './texts.js';

class SignIn extends HTMLElement {
  /** Once the session has begun. */
  show() {
    if (!session.wanted) return;
    this.replaceChildren(...session.open
      ? [el('span', {}, session.name), el('button', {type: 'button', click: () => session.signOut()}, texts.signOut)]
      : [el('button', {type: 'button', class: 'primary', click: () => session.signIn()}, texts.signIn)]);
  }
}

customElements.define('sign-in', SignIn);
