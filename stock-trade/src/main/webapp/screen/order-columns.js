// What the live list and the history show of an order.

import {MAIN} from './account-choice.js';
import {session} from './session.js';
import {count, date, texts, yen} from './texts.js';

// Of all accounts, an operator sees whose order it is.
const ofAll = (cell) => (session.hasAccount ? [] : [cell]);

/** The names of the columns. */
export const orderHeads = () =>
  ['number', ...ofAll('account'), 'ordered', 'stock', 'side', 'type', 'shares', 'price', 'estimatedValue', 'status'];

/** The cells of an order, of which the caller makes two. */
export const orderCells = (order, side, status) => [
  {number: String(order.tradeNo)},
  // The services leave main out.
  ...ofAll(order.account ?? MAIN),
  `${date(order.orderDate)} ${order.orderTime}`,
  order.stockCode,
  side,
  texts[order.orderType],
  {number: count(order.orderQuantity)},
  {number: yen(order.orderPrice)},
  {number: yen(BigInt(order.estimatedValue))},
  status,
];
