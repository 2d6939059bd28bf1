// Begins: asks where the services are, and keeps everything live from there on.

import {authorize, configure, streams} from './api.js';
import {Live, overall} from './live.js';
import {session} from './session.js';
import {store} from './store.js';
import {StreamClient} from './stream-client.js';
import {StreamHub} from './stream-hub.js';
import {el} from './dom.js';
import {language, texts} from './texts.js';
import './panels.js';
import './price-chart.js';
import './order-ticket.js';
import './order-list.js';
import './order-history.js';
import './account-statement.js';
import './account-switch.js';
import './account-admin.js';
import './sign-in.js';

// Windows that were loaded before and after a deployment have hubs of their own if their messages differ.
const STREAMS_VERSION = 1;

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
const changed = () => state.show(overall(Object.values(lives).map((live) => live.state)));
const live = (refresh, apply) => new Live({refresh, apply, changed});
const parts = {
  orders: () => live(() => store.refreshOrders(), (order) => store.order(order)),
  items: () => live(() => store.refreshPrices(), (price) => store.price(price)),
  account: () => live(() => store.refreshAccount()),
};
let lives = {};

/** Follows the streams as long as the window is visible. */
function follow() {
  lives = Object.fromEntries(Object.keys(streams()).map((name) => [name, parts[name]()]));
  const client = new StreamClient({
    connect: (failures) => hub(failures, () => client.failed()), urls: streams(), authorize,
    notify: ({name, ...message}) => lives[name].take(message),
  });
  const join = () => client.join();
  const leave = () => {
    client.leave();
    Object.values(lives).forEach((one) => one.stop());
    store.lag.stop();
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : join()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({persisted}) => { if (persisted) join(); });
  if (!document.hidden) join();
}

/** A port to the hub that all windows of this session share; to one of this window's own if there is none or it fails. */
function hub(failures, failed) {
  if (failures < 2 && typeof SharedWorker === 'function') {
    const name = JSON.stringify([STREAMS_VERSION, session.scope, streams()]);
    const worker = new SharedWorker('/screen/stream-worker.js', {type: 'module', name});
    worker.onerror = failed;
    return worker.port;
  }
  const {port1, port2} = new MessageChannel();
  new StreamHub().connect(port1);
  return port2;
}

/** Hides what the caller has no use for: an operator's page has no ticket, and no account until one is chosen. */
function showParts() {
  if (!session.open) return;
  for (const part of document.querySelectorAll('cash-panel, holdings-table, account-statement')) part.hidden = !session.hasAccount;
  for (const part of document.querySelectorAll('order-ticket, .skip')) part.hidden = !session.trades;
}

async function begin() {
  try {
    await configure();
  } catch {
    state.show('away');
    setTimeout(begin, 3_000);
    return;
  }
  document.querySelector('sign-in').show();
  document.querySelector('account-switch').show();
  document.querySelector('account-admin').show();
  showParts();
  document.querySelector('order-ticket').resume();
  if (session.open) follow();
  else state.show('signedOut');
}

begin();
