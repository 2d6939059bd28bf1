import test from 'node:test';
import assert from 'node:assert/strict';
import {TicketPrice} from '../../main/webapp/screen/ticket-price.js';

const MARKET = '0';
const LIMIT = '1';

test('an unedited market estimate follows the last price', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.tick(2677);
  assert.equal(price.value, '2677');
});

test('an unedited limit price stays at the price when Limit was chosen', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.choose(LIMIT);
  price.tick(2677);
  assert.equal(price.value, '2623');
});

test('a limit ticket opened before the first price takes only that price', () => {
  const price = new TicketPrice();
  price.choose(LIMIT);
  price.tick(2623);
  price.tick(2677);
  assert.equal(price.value, '2623');
});

test('an unedited price follows the market again after a change back to Market', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.choose(LIMIT);
  price.choose(MARKET);
  price.tick(2677);
  assert.equal(price.value, '2677');
});

test('a typed price stays for both order types', () => {
  for (const type of [MARKET, LIMIT]) {
    const price = new TicketPrice();
    price.choose(type);
    price.typed('2500');
    price.tick(2677);
    assert.equal(price.value, '2500');
  }
});

test('an emptied limit price stays empty, an emptied estimate does not', () => {
  const price = new TicketPrice();
  price.typed('');
  price.tick(2623);
  assert.equal(price.value, '2623');
  price.choose(LIMIT);
  price.typed('');
  price.tick(2677);
  assert.equal(price.value, '');
});

test('another stock starts with its own price, even after a price was typed', () => {
  const price = new TicketPrice();
  price.choose(LIMIT);
  price.typed('2500');
  price.reset(410.5);
  assert.equal(price.value, '410.5');
  price.tick(411);
  assert.equal(price.value, '410.5');
  price.reset(undefined);
  assert.equal(price.value, '');
});
