// Says of one part of the page that it could not be fetched.

import {store} from './store.js';
import {el} from './dom.js';
import {texts} from './texts.js';

class PartState extends HTMLElement {
  /** Returns the names of the part's fetches. */
  parts = () => [];

  connectedCallback() {
    this.replaceChildren(el('p', {'aria-live': 'polite', class: 'stale'}));
    for (const what of ['errors', 'selected', 'stocks']) store.addEventListener(what, () => this.#show());
    this.#show();
  }

  #show() {
    const errors = this.parts().map((part) => store.errors.get(part)).filter((error) => error);
    const text = errors.length === 0 ? '' : errors.some(({status}) => status === 0) ? texts.away : texts.failed;
    if (this.firstElementChild.textContent !== text) this.firstElementChild.textContent = text;
  }
}

customElements.define('part-state', PartState);

/** The state of the part that consists of these fetches; a function, if they change. */
export function partState(parts) {
  const element = el('part-state');
  element.parts = typeof parts === 'function' ? parts : () => parts;
  return element;
}
