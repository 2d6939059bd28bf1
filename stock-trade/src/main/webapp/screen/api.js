// The one way to the services: their public endpoints.

import {open, request} from './http.js';
import {session} from './session.js';

const origins = {trade: '', items: '', balance: ''};

/** Every request goes through here. A token that is refused is renewed once; if that does not help, the session ends. */
async function call(service, path, options = {}) {
  const authorization = await session.authorization();
  const send = (credentials) => request(origins[service] + path, {...options, headers: {...options.headers, ...credentials}});
  try {
    return await send(authorization);
  } catch (refusal) {
    if (refusal.status !== 401 || !await session.renewAfter(authorization)) throw refusal;
  }
  try {
    return await send(await session.authorization());
  } catch (refusal) {
    if (refusal.status === 401) session.end();
    throw refusal;
  }
}

/** Reads where the services are and how people sign in; before anything else. */
export async function configure() {
  const {itemsUrl, balanceUrl, auth} = await call('trade', '/trade/configuration');
  await session.begin(auth);
  Object.assign(origins, {items: itemsUrl, balance: balanceUrl});
}

/** Opens a stream of events. Resolves once it is there, with its body. */
export const stream = async (service, path, signal) =>
  open(origins[service] + path, {Accept: 'text/event-stream', ...await session.authorization()}, signal);

export const balances = () => call('balance', '/balance');
export const buyingPower = () => call('balance', '/balance/buying-power');
export const stocks = async () => (await call('items', '/stock/attributes')).attributes;
export const prices = (stockCode, from) =>
  call('items', `/stock/prices?stockCode=${stockCode}${from ? `&from=${from}` : ''}`);
export const orders = (cursor) => call('trade', `/trade/order?limit=20${cursor ? `&cursor=${cursor}` : ''}`);
export const order = (tradeNo) => call('trade', `/trade/order/${tradeNo}`);
export const cancel = (tradeNo) => call('trade', `/trade/order/${tradeNo}`, {method: 'DELETE'});

/** Places an order: under the same key it is placed once, however often this is called. */
export const place = (key, body) => call('trade', '/trade/order', {
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
  body,
});
