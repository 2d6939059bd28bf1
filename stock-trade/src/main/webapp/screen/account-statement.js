// The ledger's entries of the account, newest first.

import * as api from './api.js';
import {FilteredList} from './filtered-list.js';
import {count, signedYen, texts, yen} from './texts.js';

class AccountStatement extends FilteredList {
  constructor() {
    super({
      title: texts.statement, none: texts.noEntries, more: texts.moreEntries, notLoaded: texts.notLoaded, fileName: 'statement.csv',
      filters: {},
      page: async (selection) => {
        const {movements, nextCursor} = await api.statement(selection);
        return {items: movements, nextCursor};
      },
      file: api.statementFile,
      heads: () => ['bookedAt', 'entry', 'stock', 'shares', 'amount', 'fee', 'tax', 'cashAfter', 'sharesAfter'],
      cells, attributes: ({sequence}) => ({'data-sequence': sequence}),
    });
  }
}

const entryText = ({kind, tradeNo, tradeType, reference}) =>
  (tradeNo ? texts.settled(tradeNo, texts[tradeType]) : [texts.kinds[kind], reference].filter((part) => part).join(' · '));

const cells = (movement) => [
  movement.bookedAt.slice(0, 19).replace('T', ' '),
  entryText(movement),
  movement.stockCode ?? '',
  {number: movement.stockCode ? count(movement.shares) : ''},
  {number: signedYen(BigInt(movement.amount))},
  {number: yen(BigInt(movement.fee))},
  {number: yen(BigInt(movement.tax))},
  {number: yen(BigInt(movement.cashAfter))},
  {number: movement.stockCode ? count(movement.sharesAfter) : ''},
];

customElements.define('account-statement', AccountStatement);
