// A list that is fetched page by page, filtered, and saved as a CSV file. It is fetched when it is opened, since few visits need it.

import {el, row, table} from './dom.js';
import {Refusal} from './http.js';
import {store} from './store.js';
import {texts} from './texts.js';

/** The end of a file that could not be read to its end. */
const INCOMPLETE = 'ERROR: this file is not complete. Download it again.\r\n';

export class FilteredList extends HTMLElement {
  #items = [];
  #cursor = null;
  #asked = 0; // the answer to the last question counts
  #of; #form; #table; #more; #message;

  /**
   * @param of `title`, `none`, `more` and `notLoaded`: texts; `fileName`; `filters`: an input for each name, beside days and stock;
   *   `page` and `file` fetch, given the filters that are set: {items, nextCursor}, a Blob; `heads` names the columns; `cells` of an item;
   *   `attributes` of its row
   */
  constructor(of) {
    super();
    this.#of = of;
  }

  connectedCallback() {
    const {title, more, filters} = this.#of;
    this.classList.add('filtered');
    this.#form = el('form', {class: 'tools', change: () => this.#load(), submit: (event) => event.preventDefault()},
      filter('from', texts.fromDay, el('input', {type: 'date'})), filter('to', texts.toDay, el('input', {type: 'date'})),
      filter('stockCode', texts.stock, choice([])),
      ...Object.entries(filters).map(([name, options]) => filter(name, texts[name], choice(options))),
      el('button', {type: 'button', click: () => this.#save()}, texts.saveCsv));
    this.#table = el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': title});
    this.#more = el('button', {type: 'button', hidden: true, click: () => this.#load(this.#cursor)}, more);
    this.#message = el('p', {role: 'status', class: 'message'});
    this.replaceChildren(el('details', {toggle: ({target}) => { if (target.open) this.#load(); }},
      el('summary', {}, el('h2', {}, title)), this.#form, this.#message, this.#table, this.#more));
    store.addEventListener('stocks', () => this.#offer());
  }

  #offer() {
    const select = this.#form.elements.stockCode;
    const {value} = select;
    select.replaceChildren(...choice(store.stocks.map(({stockCode, stockName}) => [stockCode, `${stockCode} ${stockName}`])).children);
    select.value = value;
  }

  /** The filters that are set; a day is a number on the wire. */
  #filters = () => Object.fromEntries([...new FormData(this.#form)]
    .map(([name, value]) => [name, value.replaceAll('-', '')]).filter(([, value]) => value !== ''));

  async #load(cursor = null) {
    const mine = ++this.#asked;
    // The cursor belongs to the former filters.
    if (!cursor) this.#cursor = null;
    this.#more.hidden = true;
    await this.#attempt(async () => {
      const {items, nextCursor} = await this.#of.page({...this.#filters(), ...(cursor ? {cursor} : {})});
      if (mine !== this.#asked) return;
      this.#items = cursor ? [...this.#items, ...items] : items;
      this.#cursor = nextCursor ?? null;
      this.#show();
    }, () => mine === this.#asked);
    if (mine === this.#asked) this.#more.hidden = this.#cursor === null;
  }

  #save() {
    return this.#attempt(async () => {
      const file = await this.#of.file(this.#filters());
      if ((await file.slice(-INCOMPLETE.length).text()) === INCOMPLETE) throw new Refusal(0, {title: INCOMPLETE});
      const url = URL.createObjectURL(file);
      el('a', {href: url, download: this.#of.fileName}).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  /** Shows whether the work failed, unless it is out of date by then. */
  async #attempt(work, isCurrent = () => true) {
    const message = await work().then(() => '', ({status}) => (status === 400 ? texts.wrongPeriod : this.#of.notLoaded));
    if (isCurrent()) this.#message.textContent = message;
  }

  #show() {
    const {title, heads, cells, attributes, none} = this.#of;
    const names = heads().map((name) => texts[name]);
    const rows = this.#items.map((item) => row(names, cells(item), attributes(item)));
    this.#table.replaceChildren(rows.length > 0 ? table(title, names, rows) : el('p', {}, none));
  }
}

const choice = (options) => el('select', {}, el('option', {value: ''}, texts.all),
  ...options.map(([value, text]) => el('option', {value}, text)));

const filter = (name, label, input) => {
  input.name = name;
  return el('label', {}, `${label} `, input);
};
