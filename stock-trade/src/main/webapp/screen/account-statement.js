// What the ledger has booked on the account, newest first. It is fetched when it is opened, since few visits need it.

import * as api from './api.js';
import {el, row, table} from './dom.js';
import {store} from './store.js';
import {count, signedYen, texts, yen} from './texts.js';

const FILTERS = ['from', 'to', 'stockCode'];

class AccountStatement extends HTMLElement {
  #movements = [];
  #cursor = null;
  #asked = 0; // the answer to the last question counts
  #form; #table; #more; #message;

  connectedCallback() {
    this.#form = el('form', {class: 'tools', change: () => this.#load(), submit: (event) => event.preventDefault()},
      filter('from', texts.fromDay, el('input', {type: 'date'})), filter('to', texts.toDay, el('input', {type: 'date'})),
      filter('stockCode', texts.stock, el('select', {}, el('option', {value: ''}, texts.all))),
      el('button', {type: 'button', click: () => this.#save()}, texts.saveCsv));
    this.#table = el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': texts.statement});
    this.#more = el('button', {type: 'button', hidden: true, click: () => this.#load(this.#cursor)}, texts.moreEntries);
    this.#message = el('p', {role: 'status', class: 'message'});
    this.replaceChildren(el('details', {toggle: ({target}) => { if (target.open) this.#load(); }},
      el('summary', {}, el('h2', {}, texts.statement)), this.#form, this.#message, this.#table, this.#more));
    store.addEventListener('stocks', () => this.#offer());
  }

  #offer() {
    const select = this.#form.elements.stockCode;
    const {value} = select;
    select.replaceChildren(el('option', {value: ''}, texts.all),
      ...store.stocks.map(({stockCode, stockName}) => el('option', {value: stockCode}, `${stockCode} ${stockName}`)));
    select.value = value;
  }

  /** The filters that are set; a day is a number on the wire. */
  #filters = () => Object.fromEntries(FILTERS
    .map((name) => [name, this.#form.elements[name].value.replaceAll('-', '')]).filter(([, value]) => value !== ''));

  async #load(cursor = null) {
    const mine = ++this.#asked;
    await this.#attempt(async () => {
      const {movements, nextCursor} = await api.statement({...this.#filters(), ...(cursor ? {cursor} : {})});
      if (mine !== this.#asked) return;
      this.#movements = cursor ? [...this.#movements, ...movements] : movements;
      this.#cursor = nextCursor ?? null;
      this.#show();
    });
  }

  #save() {
    return this.#attempt(async () => {
      const url = URL.createObjectURL(await api.statementFile(this.#filters()));
      el('a', {href: url, download: 'statement.csv'}).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  async #attempt(work) {
    try {
      await work();
      this.#message.textContent = '';
    } catch ({status}) {
      this.#message.textContent = status === 400 ? texts.wrongPeriod : texts.notLoaded;
    }
  }

  #show() {
    const heads = ['bookedAt', 'entry', 'stock', 'shares', 'amount', 'fee', 'tax', 'cashAfter', 'sharesAfter'].map((name) => texts[name]);
    const rows = this.#movements.map((movement) => row(heads, cells(movement), {'data-sequence': movement.sequence}));
    this.#table.replaceChildren(rows.length > 0 ? table(texts.statement, heads, rows) : el('p', {}, texts.noEntries));
    this.#more.hidden = this.#cursor === null;
  }
}

const filter = (name, label, input) => {
  input.name = name;
  return el('label', {}, `${label} `, input);
};

const what = ({kind, tradeNo, tradeType, reference}) =>
  (tradeNo ? texts.settled(tradeNo, texts[tradeType]) : [texts.kinds[kind], reference].filter((part) => part).join(' · '));

const cells = (movement) => [
  movement.bookedAt.slice(0, 19).replace('T', ' '),
  what(movement),
  movement.stockCode ?? '',
  {number: movement.stockCode ? count(movement.shares) : ''},
  {number: signedYen(BigInt(movement.amount))},
  {number: yen(BigInt(movement.fee))},
  {number: yen(BigInt(movement.tax))},
  {number: yen(BigInt(movement.cashAfter))},
  {number: movement.stockCode ? count(movement.sharesAfter) : ''},
];

customElements.define('account-statement', AccountStatement);
