// The orders of chosen days, stock, side, type or status, as they stood when they were fetched. The order list is the live one.

import * as api from './api.js';
import {MAIN} from './account-choice.js';
import {FilteredList} from './filtered-list.js';
import {session} from './session.js';
import {count, date, texts, yen} from './texts.js';

class OrderHistory extends FilteredList {
  constructor() {
    super({
      title: texts.orderHistory, none: texts.noMatches, more: texts.more, notLoaded: texts.historyNotLoaded, fileName: 'orders.csv',
      filters: {
        side: ['BUY', 'SELL'].map((side) => [side, texts[side]]),
        type: ['0', '1'].map((type) => [type, texts[type]]),
        status: Object.entries(texts.statuses),
      },
      page: async (selection) => {
        const {orders, nextCursor} = await api.orderHistory(selection);
        return {items: orders, nextCursor};
      },
      file: api.ordersFile,
      heads: () => ['number', ...ofAll('account'), 'ordered', 'stock', 'side', 'type', 'shares', 'price', 'estimatedValue', 'status'],
      cells, attributes: ({tradeNo}) => ({'data-trade': tradeNo}),
    });
  }
}

// Of all accounts, an operator sees whose order it is.
const ofAll = (cell) => (session.hasAccount ? [] : [cell]);

const cells = (order) => [
  {number: String(order.tradeNo)},
  ...ofAll(order.account ?? MAIN),
  `${date(order.orderDate)} ${order.orderTime}`,
  order.stockCode,
  texts[order.tradeType],
  texts[order.orderType],
  {number: count(order.orderQuantity)},
  {number: yen(order.orderPrice)},
  {number: yen(BigInt(order.estimatedValue))},
  texts.statuses[order.tradeStatus],
];

customElements.define('order-history', OrderHistory);
