import test from 'node:test';
import assert from 'node:assert/strict';

// Loading the session module reads sessionStorage, which Node does not have.
globalThis.sessionStorage ??= {getItem: () => null};
const {prices} = await import('../../main/webapp/screen/api.js');

/** A service with `days` days of 1,000 prices each, five days per page. Returns the requested URLs. */
function history(days) {
  const requested = [];
  globalThis.fetch = async (url) => {
    requested.push(url);
    const first = Number(new URL(url, 'http://localhost').searchParams.get('cursor') ?? 0);
    const datePrice = Array.from({length: Math.min(5, days - first)}, (_, day) => (
      {date: first + day, timePrice: Array.from({length: 1_000}, (_, time) => ({time, price: 1}))}));
    const nextCursor = first + 5 < days ? String(first + 5) : undefined;
    return new Response(JSON.stringify({stockCode: 'A002', stockName: 'any', datePrice, nextCursor}));
  };
  return requested;
}

const original = globalThis.fetch;

test('all pages of a history are read', async () => {
  const requested = history(12);
  const {stockCode, datePrice} = await prices('A002', 20200526);
  globalThis.fetch = original;

  assert.equal(stockCode, 'A002');
  assert.deepEqual(datePrice.map(({date}) => date), Array.from({length: 12}, (_, day) => day));
  assert.deepEqual(requested, ['', '&cursor=5', '&cursor=10'].map((cursor) => `/stock/prices?stockCode=A002&from=20200526${cursor}`));
});

test('the newest 50,000 prices of a long history are kept', async () => {
  history(120);
  const {datePrice} = await prices('A002', 19000101);
  globalThis.fetch = original;

  assert.equal(datePrice.length, 50);
  assert.equal(datePrice[49].date, 119);
});

test('reading stops when the pages are no longer wanted', async () => {
  const requested = history(120);
  let wanted = 2;
  await prices('A002', 19000101, () => wanted-- > 0);
  globalThis.fetch = original;

  assert.equal(requested.length, 3);
});
