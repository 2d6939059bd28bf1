// Shows that the data of one part of the page could not be fetched.

import {store} from './store.js';
import {el} from './dom.js';
import {texts} from './texts.js';

class PartState extends HTMLElement {
  /** Returns the names of the part's fetches, see Store.fetch. */
  parts = () => [];

  connectedCallback() {
    this.replaceChildren(el('p', {'aria-live': 'polite', class: 'stale'}));
    for (const event of ['errors', 'selected', 'stocks']) store.addEventListener(event, () => this.#show());
    this.#show();
  }

  #show() {
    const errors = this.parts().map((part) => store.errors.get(part)).filter((error) => error);
    const text = errors.length === 0 ? '' : errors.some(({status}) => status === 0) ? texts.unreachable : texts.failed;
    if (this.firstElementChild.textContent !== text) this.firstElementChild.textContent = text;
  }
}

customElements.define('part-state', PartState);

/** An element with the state of these fetches: their names, or a function that returns them. */
export function partState(parts) {
  const element = el('part-state');
  element.parts = typeof parts === 'function' ? parts : () => parts;
  return element;
}
