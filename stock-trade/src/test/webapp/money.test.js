import test from 'node:test';
import assert from 'node:assert/strict';
import {amount, charges, estimate} from '../../main/webapp/screen/money.js';

const SAMPLES = new URL('../../../../stock-common/src/test/resources/contracts/charges.csv', import.meta.url);
/** Reads a file in Node, and from the server of the page in a browser. */
async function read(url) {
  return url.protocol === 'file:' ? (await import('node:fs/promises')).readFile(url, 'utf8') : (await fetch(url)).text();
}

const [header, ...rows] = (await read(SAMPLES)).trim().split('\n').map((line) => line.split(','));

test('the samples have rows', () => assert.ok(rows.length > 5));

for (const row of rows) {
  const sample = Object.fromEntries(header.map((name, column) => [name, row[column]]));
  test(`${sample.quantity} shares at ${sample.price} yen cost and bring what the server computes`, () => {
    const orderAmount = amount(sample.price, sample.quantity);

    assert.equal(orderAmount, BigInt(sample.amount));
    const {fee, tax} = charges(orderAmount);
    assert.equal(fee, BigInt(sample.fee));
    assert.equal(tax, BigInt(sample.tax));
    assert.equal(estimate('BUY', orderAmount), BigInt(sample.buy));
    assert.equal(estimate('SELL', orderAmount), BigInt(sample.sell));
  });
}
