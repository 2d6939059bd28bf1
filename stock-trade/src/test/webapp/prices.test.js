import test from 'node:test';
import assert from 'node:assert/strict';

// The session is read when its module is loaded; Node has no sessionStorage.
globalThis.sessionStorage ??= {getItem: () => null};
const {prices} = await import('../../main/webapp/screen/api.js');

/** A service with so many days of a thousand prices each, five days a page. Returns the addresses it is asked for. */
function history(days) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    const first = Number(new URL(address, 'http://localhost').searchParams.get('cursor') ?? 0);
    const datePrice = Array.from({length: Math.min(5, days - first)}, (_, day) => (
      {date: first + day, timePrice: Array.from({length: 1_000}, (_, time) => ({time, price: 1}))}));
    const nextCursor = first + 5 < days ? String(first + 5) : undefined;
    return new Response(JSON.stringify({stockCode: 'A002', stockName: 'any', datePrice, nextCursor}));
  };
  return asked;
}

const original = globalThis.fetch;

test('the pages of a history are read to the end', async () => {
  const asked = history(12);
  const {stockCode, datePrice} = await prices('A002', 20200526);
  globalThis.fetch = original;

  assert.equal(stockCode, 'A002');
  assert.deepEqual(datePrice.map(({date}) => date), Array.from({length: 12}, (_, day) => day));
  assert.deepEqual(asked, ['', '&cursor=5', '&cursor=10'].map((cursor) => `/stock/prices?stockCode=A002&from=20200526${cursor}`));
});

test('of a long history the newest fifty thousand prices are kept', async () => {
  history(120);
  const {datePrice} = await prices('A002', 19000101);
  globalThis.fetch = original;

  assert.equal(datePrice.length, 50);
  assert.equal(datePrice[49].date, 119);
});

test('the pages that are not wanted any more are not read', async () => {
  const asked = history(120);
  let wanted = 2;
  await prices('A002', 19000101, () => wanted-- > 0);
  globalThis.fetch = original;

  assert.equal(asked.length, 3);
});
