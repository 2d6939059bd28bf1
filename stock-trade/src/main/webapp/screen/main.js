// Begins: asks where the services are, and keeps everything live from there on.

import {configure} from './api.js';
import {Live} from './live.js';
import {session} from './session.js';
import {store} from './store.js';
import {el} from './dom.js';
import {language, texts} from './texts.js';
import './panels.js';
import './price-chart.js';
import './order-ticket.js';
import './order-list.js';
import './sign-in.js';

class ConnectionState extends HTMLElement {
  connectedCallback() {
    this.replaceChildren(el('span', {role: 'status'}));
    this.show('connecting');
  }

  show(state) {
    this.dataset.state = state;
    this.firstElementChild.textContent = texts[state];
  }
}

customElements.define('connection-state', ConnectionState);

document.documentElement.lang = language;
document.title = texts.title;
for (const element of document.querySelectorAll('[data-text]')) element.textContent = texts[element.dataset.text];

const state = document.querySelector('connection-state');
const lives = [];
// What is shown is as good as the worst of the three.
const changed = () => state.show(['away', 'polling', 'connecting', 'live']
  .find((worst) => lives.some((live) => live.state === worst)));
const live = (service, path, refresh, apply) => lives.push(new Live(service, path, {refresh, apply, changed}));

live('trade', '/trade/events', () => store.refreshOrders(), (order) => store.order(order));
live('items', '/stock/events', () => store.refreshPrices(), (price) => store.price(price));
live('balance', '/balance/events', () => store.refreshBalances(), () => store.refreshBalances().catch(() => {}));

async function begin() {
  try {
    await configure();
    document.querySelector('sign-in').show();
    document.querySelector('order-ticket').resume();
    if (session.open) lives.forEach((one) => one.start());
    else state.show('signedOut');
  } catch {
    state.show('away');
    setTimeout(begin, 3_000);
  }
}

begin();
