// Calls the public endpoints of the services.

import {file, request} from './http.js';
import {session} from './session.js';

const origins = {trade: '', items: '', balance: ''};

/** All requests go through here. On a 401 the token is renewed once; a second 401 ends the session. */
async function call(service, path, options = {}, fetcher = request) {
  const authorization = await session.authorization();
  const send = (credentials) => fetcher(origins[service] + path, {...options, headers: {...options.headers, ...credentials}});
  try {
    return await send(authorization);
  } catch (error) {
    if (error.status !== 401 || !await session.renewAfter(authorization)) throw error;
  }
  try {
    return await send(await session.authorization());
  } catch (error) {
    if (error.status === 401) session.end();
    throw error;
  }
}

/** Fetches the URLs of the services and the sign-in settings. Call this first. */
export async function configure() {
  const {itemsUrl, balanceUrl, auth} = await call('trade', '/trade/configuration');
  await session.start(auth);
  Object.assign(origins, {items: itemsUrl, balance: balanceUrl});
}

/** Adds the account parameter to a path, unless the service uses the caller's own account. */
function withAccount(path, account = session.account) {
  return account === null ? path : `${path}${path.includes('?') ? '&' : '?'}account=${encodeURIComponent(account)}`;
}

/** The URLs of the event streams by name; without an account stream until an operator has chosen an account. */
export const streams = () => ({
  orders: origins.trade + withAccount('/trade/events'), items: `${origins.items}/stock/events`,
  ...(session.hasAccount ? {account: origins.trade + withAccount('/trade/account/events')} : {}),
});

/** The headers of a stream's request, after a renewal if the server rejected the previous ones. Null if the user is signed out. */
export async function authorize(rejected) {
  if (rejected && !await session.renewAfter(rejected)) return null;
  return session.isOpen ? session.authorization() : null;
}

/** A page of all accounts, for operators. */
export const accounts = (cursor) => call('trade', `/trade/accounts?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);

/** Opens an account; idempotent. */
export const openAccount = (id) => call('trade', `/trade/accounts/${encodeURIComponent(id)}`, {method: 'PUT'});

/** Sets the status of an account: `ACTIVE`, `SUSPENDED` or `CLOSED`. */
export const changeAccount = (id, status) => call('trade', `/trade/accounts/${encodeURIComponent(id)}`, {
  method: 'PATCH', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({status}),
});

/** Cash, buying power and positions of any account, for operators. */
export const accountOf = (id) => call('trade', withAccount('/trade/account', id));

/** Cash, buying power and positions; null if the account is not open or buying power is not checked. */
export const account = () => call('trade', withAccount('/trade/account')).catch((error) => {
  if (error.status === 404 && error.hasProblem) return null;
  throw error;
});

/** The ledger's balances, with the cost basis of each position. */
export const balances = () => call('balance', withAccount('/balance'));

/** A page of the statement, filtered by any of `from`, `to`, `stockCode` and `cursor`. */
export const statement = (selection) =>
  call('balance', withAccount(`/balance/movements?${new URLSearchParams({limit: 50, ...selection})}`));

/** The whole statement as a CSV file. */
export const statementFile = (selection) =>
  call('balance', withAccount(`/balance/movements?${new URLSearchParams(selection)}`), {headers: {Accept: 'text/csv'}}, file);

export const stocks = async () => (await call('items', '/stock/attributes')).attributes;

/** More than a chart can show; limits the memory for a long history. */
const MAX_PRICES = 50_000;

/**
 * The stored prices of a stock from a day on, or of the latest day. Keeps the newest 50,000, rounded up to whole days. The service
 * returns pages, oldest first; reading stops when `wanted` returns false.
 */
export async function prices(stockCode, from, wanted = () => true) {
  const first = `/stock/prices?stockCode=${stockCode}${from ? `&from=${from}` : ''}`;
  const {nextCursor, datePrice, ...stock} = await call('items', first);
  let size = count(datePrice);
  for (let cursor = nextCursor; cursor && wanted();) {
    const page = await call('items', `${first}&cursor=${encodeURIComponent(cursor)}`);
    datePrice.push(...page.datePrice);
    size += count(page.datePrice);
    while (size - datePrice[0].timePrice.length >= MAX_PRICES) size -= datePrice.shift().timePrice.length;
    cursor = page.nextCursor;
  }
  return {...stock, datePrice};
}

const count = (days) => days.reduce((sum, {timePrice}) => sum + timePrice.length, 0);

export const orders = (cursor) => call('trade', withAccount(`/trade/order?limit=20${cursor ? `&cursor=${cursor}` : ''}`));

/** A page of orders, filtered by any of `from`, `to`, `stockCode`, `side`, `type`, `status` and `cursor`. */
export const orderHistory = (selection) => call('trade', withAccount(`/trade/order?${new URLSearchParams({limit: 50, ...selection})}`));

/** All matching orders as a CSV file. */
export const ordersFile = (selection) =>
  call('trade', withAccount(`/trade/order?${new URLSearchParams(selection)}`), {headers: {Accept: 'text/csv'}}, file);

export const order = (tradeNo) => call('trade', withAccount(`/trade/order/${tradeNo}`));
export const cancel = (tradeNo) => call('trade', withAccount(`/trade/order/${tradeNo}`), {method: 'DELETE'});

const post = (path) => (key, body) => call('trade', path, {
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
  body,
});

/** Places an order; idempotent per key. */
export const place = post('/trade/order');

/** Books a deposit or withdrawal; idempotent per key. */
export const moveCash = post('/trade/cash-movements');
