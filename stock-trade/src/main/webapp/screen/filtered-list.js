// A list with filters, pages and a CSV download. It is fetched only when it is expanded, since few visits need it.

import {el, row, table} from './dom.js';
import {RequestError} from './http.js';
import {store} from './store.js';
import {texts} from './texts.js';

/** The last line of a file that the service could not complete. */
const INCOMPLETE = 'ERROR: this file is not complete. Download it again.\r\n';

export class FilteredList extends HTMLElement {
  #items = [];
  #cursor = null;
  #latestRequest = 0; // the response to an older request is discarded
  #options; #form; #table; #more; #message;

  /**
   * @param options the texts `title`, `none`, `more` and `notLoaded`; `fileName`; `filters`: the choices of each filter besides days and
   *   stock, by name; `page` and `file`: called with the active filters, resolve with {items, nextCursor} and a Blob; `heads`: returns the
   *   names of the columns; `cells` and `attributes`: return the cells of an item and the attributes of its row
   */
  constructor(options) {
    super();
    this.#options = options;
  }

  connectedCallback() {
    const {title, more, filters} = this.#options;
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
    store.addEventListener('stocks', () => this.#showStocks());
  }

  #showStocks() {
    const select = this.#form.elements.stockCode;
    const {value} = select;
    select.replaceChildren(...choice(store.stocks.map(({stockCode, stockName}) => [stockCode, `${stockCode} ${stockName}`])).children);
    select.value = value;
  }

  /** The active filters; a day is in wire format, 20200607. */
  #filters = () => Object.fromEntries([...new FormData(this.#form)]
    .map(([name, value]) => [name, value.replaceAll('-', '')]).filter(([, value]) => value !== ''));

  async #load(cursor = null) {
    const request = ++this.#latestRequest;
    const isLatest = () => request === this.#latestRequest;
    // The cursor belongs to the previous filters.
    if (!cursor) this.#cursor = null;
    this.#more.hidden = true;
    await this.#attempt(async () => {
      const {items, nextCursor} = await this.#options.page({...this.#filters(), ...(cursor ? {cursor} : {})});
      if (!isLatest()) return;
      this.#items = cursor ? [...this.#items, ...items] : items;
      this.#cursor = nextCursor ?? null;
      this.#show();
    }, isLatest);
    if (isLatest()) this.#more.hidden = this.#cursor === null;
  }

  #save() {
    return this.#attempt(async () => {
      const file = await this.#options.file(this.#filters());
      if ((await file.slice(-INCOMPLETE.length).text()) === INCOMPLETE) throw new RequestError(0, {title: INCOMPLETE});
      const url = URL.createObjectURL(file);
      el('a', {href: url, download: this.#options.fileName}).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  /** Runs `work` and shows its failure, unless the result is stale by then. */
  async #attempt(work, isCurrent = () => true) {
    const message = await work().then(() => '', ({status}) => (status === 400 ? texts.wrongPeriod : this.#options.notLoaded));
    if (isCurrent()) this.#message.textContent = message;
  }

  #show() {
    const {title, heads, cells, attributes, none} = this.#options;
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
