// The one way to the services: their public endpoints.

import {file, request} from './http.js';
import {session} from './session.js';

const origins = {trade: '', items: '', balance: ''};

/** Every request goes through here. A token that is refused is renewed once; if that does not help, the session ends. */
async function call(service, path, options = {}, ask = request) {
  const authorization = await session.authorization();
  const send = (credentials) => ask(origins[service] + path, {...options, headers: {...options.headers, ...credentials}});
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

/** The path with the account that the call is about, if the page names one. */
function about(path, account = session.account) {
  return account === null ? path : `${path}${path.includes('?') ? '&' : '?'}account=${encodeURIComponent(account)}`;
}

/** The addresses of the event streams by name. The account's is missing if an operator has not chosen one. */
export const streams = () => ({
  orders: origins.trade + about('/trade/events'), items: `${origins.items}/stock/events`,
  ...(session.hasAccount ? {account: origins.trade + about('/trade/account/events')} : {}),
});

/** The headers of a stream's request; with those that were refused, after a renewal. Null if nobody is signed in. */
export async function authorize(refused) {
  if (refused && !await session.renewAfter(refused)) return null;
  return session.open ? session.authorization() : null;
}

/** A page of all accounts, for operators. */
export const accounts = (cursor) => call('trade', `/trade/accounts?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);

/** Opens an account; one that is open stays as it is. */
export const openAccount = (id) => call('trade', `/trade/accounts/${encodeURIComponent(id)}`, {method: 'PUT'});

/** Makes an account `ACTIVE`, `SUSPENDED` or `CLOSED`. */
export const changeAccount = (id, status) => call('trade', `/trade/accounts/${encodeURIComponent(id)}`, {
  method: 'PATCH', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({status}),
});

/** Cash, buying power and positions of any account, for operators. */
export const accountOf = (id) => call('trade', about('/trade/account', id));

/** Cash, buying power and positions; null if the account is not open, or if nothing is checked against it. */
export const account = () => call('trade', about('/trade/account')).catch((refusal) => {
  if (refusal.status === 404 && refusal.documented) return null;
  throw refusal;
});

/** What is booked in the ledger, with the cost basis of each position. */
export const balances = () => call('balance', about('/balance'));

/** A page of the statement; of `from`, `to`, `stockCode` and `cursor` those that are given. */
export const statement = (selection) => call('balance', about(`/balance/movements?${new URLSearchParams({limit: 50, ...selection})}`));

/** All of it as a CSV file. */
export const statementFile = (selection) =>
  call('balance', about(`/balance/movements?${new URLSearchParams(selection)}`), {headers: {Accept: 'text/csv'}}, file);

export const stocks = async () => (await call('items', '/stock/attributes')).attributes;

/** More than a chart can show; it bounds the memory that a long history takes. */
const MOST_PRICES = 50_000;

/**
 * The stored prices of a stock from that day on, the newest 50,000 or a day more; without a day those of the latest one. The
 * service answers in pages, the oldest first, which are read as long as they are `wanted`.
 */
export async function prices(stockCode, from, wanted = () => true) {
  const first = `/stock/prices?stockCode=${stockCode}${from ? `&from=${from}` : ''}`;
  const {nextCursor, datePrice, ...stock} = await call('items', first);
  let size = count(datePrice);
  for (let cursor = nextCursor; cursor && wanted();) {
    const page = await call('items', `${first}&cursor=${encodeURIComponent(cursor)}`);
    datePrice.push(...page.datePrice);
    size += count(page.datePrice);
    while (size - datePrice[0].timePrice.length >= MOST_PRICES) size -= datePrice.shift().timePrice.length;
    cursor = page.nextCursor;
  }
  return {...stock, datePrice};
}

const count = (days) => days.reduce((sum, {timePrice}) => sum + timePrice.length, 0);

export const orders = (cursor) => call('trade', about(`/trade/order?limit=20${cursor ? `&cursor=${cursor}` : ''}`));

/** A page of the orders that match; of `from`, `to`, `stockCode`, `side`, `type`, `status` and `cursor` those that are given. */
export const orderHistory = (selection) => call('trade', about(`/trade/order?${new URLSearchParams({limit: 50, ...selection})}`));

/** All of them as a CSV file. */
export const ordersFile = (selection) =>
  call('trade', about(`/trade/order?${new URLSearchParams(selection)}`), {headers: {Accept: 'text/csv'}}, file);

export const order = (tradeNo) => call('trade', about(`/trade/order/${tradeNo}`));
export const cancel = (tradeNo) => call('trade', about(`/trade/order/${tradeNo}`), {method: 'DELETE'});

const post = (path) => (key, body) => call('trade', path, {
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
  body,
});

/** Places an order: under the same key it is placed once, however often this is called. */
export const place = post('/trade/order');

/** Books a deposit or withdrawal, once under the same key. */
export const moveCash = post('/trade/cash-movements');
