// The columns of an order, for the live list and the history.

import {MAIN} from './account-choice.js';
import {session} from './session.js';
import {count, date, texts, yen} from './texts.js';

// Only a list of all accounts has an account column.
const ifAllAccounts = (cell) => (session.hasAccount ? [] : [cell]);

/** The names of the columns. */
export const orderHeads = () =>
  ['number', ...ifAllAccounts('account'), 'ordered', 'stock', 'side', 'type', 'shares', 'orderPrice', 'estimatedValue', 'status'];

/** The cells of an order; the caller supplies side and status as text or element. */
export const orderCells = (order, side, status) => [
  {number: String(order.tradeNo)},
  // The services omit the account main.
  ...ifAllAccounts(order.account ?? MAIN),
  `${date(order.orderDate)} ${order.orderTime}`,
  order.stockCode,
  side,
  texts[order.orderType],
  {number: count(order.orderQuantity)},
  {number: yen(order.orderPrice)},
  {number: yen(BigInt(order.estimatedValue))},
  status,
];
