// Entry point: fetches the configuration and keeps the page up to date.

import {authorize, configure, streams} from './api.js';
import {LiveUpdates, overall} from './live.js';
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

// Increase when the messages change, so windows loaded before and after a deployment use separate hubs.
const STREAMS_VERSION = 2;

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
const changed = () => state.show(overall(Object.values(updates).map((service) => service.state)));
const liveUpdates = (refresh, apply) => new LiveUpdates({refresh, apply, changed});
const parts = {
  orders: () => liveUpdates(() => store.refreshOrders(), (order) => store.applyOrder(order)),
  items: () => liveUpdates(() => store.refreshPrices(), (price) => store.applyPrice(price)),
  account: () => liveUpdates(() => store.refreshAccount()),
};
let updates = {};

/** Receives the streams while the window is visible. */
function followStreams() {
  updates = Object.fromEntries(Object.keys(streams()).map((name) => [name, parts[name]()]));
  const client = new StreamClient({
    connect: (failures) => connectHub(failures, () => client.hubFailed()), urls: streams(), authorize,
    notify: ({name, ...message}) => updates[name].receive(message),
  });
  const join = () => client.join();
  const leave = () => {
    client.leave();
    Object.values(updates).forEach((service) => service.stop());
    store.ledgerLag.stop();
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? leave() : join()));
  addEventListener('pagehide', leave);
  addEventListener('pageshow', ({persisted}) => { if (persisted) join(); });
  if (!document.hidden) join();
}

/** A port to the hub that all windows of the session share, or to a private hub if SharedWorker is unavailable or fails. */
function connectHub(failures, failed) {
  if (failures < 2 && typeof SharedWorker === 'function') {
    const name = JSON.stringify([STREAMS_VERSION, session.dataScope, streams()]);
    const worker = new SharedWorker('/screen/stream-worker.js', {type: 'module', name});
    worker.onerror = failed;
    return worker.port;
  }
  const {port1, port2} = new MessageChannel();
  new StreamHub().connect(port1);
  return port2;
}

/** Hides the parts that the user cannot use: operators have no ticket, and no account until they choose one. */
function showParts() {
  if (!session.isOpen) return;
  for (const part of document.querySelectorAll('cash-panel, holdings-table, account-statement')) part.hidden = !session.hasAccount;
  for (const part of document.querySelectorAll('order-ticket, .skip')) part.hidden = !session.canTrade;
}

async function start() {
  try {
    await configure();
  } catch {
    state.show('unreachable');
    setTimeout(start, 3_000);
    return;
  }
  document.querySelector('sign-in').show();
  document.querySelector('account-switch').show();
  document.querySelector('account-admin').show();
  showParts();
  document.querySelector('order-ticket').resume();
  if (session.isOpen) followStreams();
  else state.show('signedOut');
}

start();
