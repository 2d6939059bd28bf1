// Past orders, filtered by day, stock, side, type or status. Not updated live; the order list is.

import * as api from './api.js';
import {FilteredList} from './filtered-list.js';
import {orderCells, orderHeads} from './order-columns.js';
import {texts} from './texts.js';

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
      heads: orderHeads, cells, attributes: ({tradeNo}) => ({'data-trade': tradeNo}),
    });
  }
}

const cells = (order) => orderCells(order, texts[order.tradeType], texts.statuses[order.tradeStatus]);

customElements.define('order-history', OrderHistory);
