// The one way to the services: their public endpoints.

import {session} from './session.js';

const origins = {trade: '', items: '', balance: ''};

/** An answer of 400 and above; `status` 0 is none at all. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
  }

  /** The kind of problem in a word. */
  get word() {
    return (this.problem.type ?? '').split(':').pop();
  }
}

/** Every call goes through here. Resolves with an answer below 400; throws a Refusal. */
async function call(service, path, options = {}) {
  let response;
  try {
    const headers = {...options.headers, ...await session.authorization()};
    response = await fetch(origins[service] + path, {cache: 'no-store', credentials: 'omit', ...options, headers});
  } catch (failure) {
    throw new Refusal(0, {title: failure.message});
  }
  if (response.status === 401) session.refused();
  if (!response.ok) {
    throw new Refusal(response.status, await response.json().catch(() => ({})));
  }
  return response;
}

const get = async (service, path) => (await call(service, path)).json();

/** Reads where the services are and how people sign in; before anything else. */
export async function configure() {
  const {itemsUrl, balanceUrl, auth} = await get('trade', '/trade/configuration');
  await session.begin(auth);
  Object.assign(origins, {items: itemsUrl, balance: balanceUrl});
}

/** Opens a stream of events. Resolves once it is there, with its body. */
export const stream = async (service, path, signal) =>
  (await call(service, path, {signal, headers: {Accept: 'text/event-stream'}})).body;

export const balances = () => get('balance', '/balance');
export const buyingPower = () => get('balance', '/balance/buying-power');
export const stocks = async () => (await get('items', '/stock/attributes')).attributes;
export const prices = (stockCode, from) =>
  get('items', `/stock/prices?stockCode=${stockCode}${from ? `&from=${from}` : ''}`);
export const orders = (cursor) => get('trade', `/trade/order?limit=20${cursor ? `&cursor=${cursor}` : ''}`);
export const order = (tradeNo) => get('trade', `/trade/order/${tradeNo}`);
export const cancel = (tradeNo) => call('trade', `/trade/order/${tradeNo}`, {method: 'DELETE'});

/** Places an order: under the same key it is placed once, however often this is called. */
export const place = async (key, body) => (await call('trade', '/trade/order', {
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
  body,
})).json();
