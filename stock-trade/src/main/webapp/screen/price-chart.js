// The prices of one stock: history and live ticks.

import uPlot from '/webjars/uplot/1.6.30/dist/uPlot.esm.js';
import * as api from './api.js';
import {japanDate, store} from './store.js';
import {partState} from './part-state.js';
import {el, row, table} from './dom.js';
import {count, date, texts, yen} from './texts.js';

const DAYS = {day: 1, week: 7, all: null};
const FIRST_DAY = 19000101;
const RETRY = 5_000;
const HEIGHT = 260;

class PriceChart extends HTMLElement {
  #period = 'day';
  #stock = null; // the stock of the points
  #points = []; // {date, time, price}, oldest first
  #plot = null;
  #latestRequest = 0; // the response to an older request is discarded

  connectedCallback() {
    this.#select = el('select', {id: 'chart-stock', change: () => store.select(this.#select.value)});
    const periods = Object.keys(DAYS).map((name) => el('label', {},
      el('input', {type: 'radio', name: 'period', value: name, checked: name === this.#period,
        change: () => { this.#period = name; this.#fetch(); }}),
      texts[name]));
    this.#canvas = el('div', {class: 'plot', role: 'img'});
    this.#latest = el('div');
    this.replaceChildren(
      el('h2', {}, texts.prices), partState(() => ['stocks', `prices ${store.selected}`, 'history']),
      el('div', {class: 'tools'},
        el('label', {for: 'chart-stock', class: 'hidden'}, texts.stockToShow), this.#select,
        this.#last = el('strong', {class: 'last'}),
        el('fieldset', {class: 'periods'}, el('legend', {class: 'hidden'}, texts.period), ...periods)),
      this.#canvas,
      el('details', {}, el('summary', {}, texts.asTable), this.#latest));
    store.addEventListener('stocks', () => this.#showStocks());
    store.addEventListener('selected', () => { this.#showStocks(); this.#fetch(); });
    store.addEventListener('prices', () => this.#fetch());
    store.addEventListener('price', ({detail}) => this.#tick(detail));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
    new ResizeObserver(() => this.#plot?.setSize({width: this.#canvas.clientWidth, height: HEIGHT})).observe(this.#canvas);
  }

  #select; #canvas; #latest; #last;

  #showStocks() {
    const codes = store.stocks.map(({stockCode}) => stockCode);
    if (codes.join() !== [...this.#select.options].map(({value}) => value).join()) {
      this.#select.replaceChildren(...store.stocks.map(({stockCode, stockName}) =>
        el('option', {value: stockCode}, `${stockCode} ${stockName}`)));
    }
    this.#select.value = store.selected;
  }

  // Days are counted back from the last price, since the market can be closed today.
  async #fetch() {
    const code = store.selected;
    if (!code) return;
    const request = ++this.#latestRequest;
    const isLatest = () => request === this.#latestRequest;
    const last = store.lastPrices.get(code);
    const days = DAYS[this.#period];
    const from = days === null ? FIRST_DAY : last ? daysBefore(last.date, days - 1) : undefined;
    try {
      await store.fetch('history', () => api.prices(code, from, isLatest), (history) => {
        if (!isLatest()) return;
        this.#show(code, points(history));
      });
    } catch {
      if (!isLatest()) return;
      if (this.#stock !== code) this.#show(code, []); // remove the chart of the previous stock
      setTimeout(() => { if (isLatest()) this.#fetch(); }, RETRY);
    }
  }

  #show(stock, all) {
    this.#stock = stock;
    this.#points = all;
    this.#draw();
  }

  #tick(message) {
    if (message.stockCode !== store.selected) return;
    for (const point of points(message)) {
      const same = this.#points.findIndex((known) => at(known) === at(point));
      if (same >= 0) this.#points[same] = point;
      else this.#points.push(point);
    }
    this.#points.sort((a, b) => (at(a) < at(b) ? -1 : 1));
    this.#draw();
  }

  #draw() {
    this.#describe();
    this.#plot?.destroy();
    this.#plot = null;
    this.#canvas.replaceChildren();
    this.#canvas.dataset.points = this.#points.length;
    if (this.#points.length === 0) {
      this.#canvas.append(el('p', {}, texts.noPrices));
      return;
    }
    const style = getComputedStyle(this);
    const line = style.getPropertyValue('--accent').trim();
    const axis = {stroke: style.getPropertyValue('--quiet').trim(), grid: {stroke: style.getPropertyValue('--line').trim()}};
    // The x axis counts points, not time, so nights and holidays leave no gap.
    const label = (i) => (this.#points[i] ? this.#label(this.#points[i]) : '');
    this.#plot = new uPlot({
      width: this.#canvas.clientWidth,
      height: HEIGHT,
      legend: {show: false},
      cursor: {show: false},
      scales: {x: {time: false}},
      axes: [
        {...axis, values: (plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? label(tick) : '')), space: 90},
        {...axis, values: (plot, ticks) => ticks.map(yen), size: 76},
      ],
      series: [{}, {stroke: line, width: 2, points: {show: this.#points.length < 60, size: 5, fill: line}}],
    }, [this.#points.map((point, i) => i), this.#points.map(({price}) => price)], this.#canvas);
  }

  #label = ({date: day, time}) => (this.#period === 'day' ? time : `${date(day).slice(5)} ${time}`);

  #describe() {
    const when = ({date: day, time}) => `${date(day)} ${time}`;
    const prices = this.#points.map(({price}) => price);
    const newest = this.#points.at(-1);
    this.#canvas.setAttribute('aria-label', newest
      ? texts.chart(store.selected, count(prices.length), when(this.#points[0]), when(newest),
        yen(prices.reduce((a, b) => Math.min(a, b))), yen(prices.reduce((a, b) => Math.max(a, b))), yen(newest.price))
      : texts.noPrices);
    const last = store.lastPrices.get(store.selected);
    this.#last.textContent = last ? yen(last.price) : '–';
    const heads = [texts.time, texts.price];
    this.#latest.replaceChildren(table(texts.prices, heads,
      this.#points.slice(-10).reverse().map((point) => row(heads, [when(point), {number: yen(point.price)}]))));
  }
}

const at = ({date: day, time}) => `${day}${time}`;

const points = ({datePrice}) => datePrice.flatMap(({date: day, timePrice}) => timePrice.map((minute) => ({date: day, ...minute})));

function daysBefore(day, days) {
  const text = String(day);
  const noon = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T12:00:00+09:00`);
  return japanDate(new Date(noon - days * 86_400_000));
}

customElements.define('price-chart', PriceChart);
