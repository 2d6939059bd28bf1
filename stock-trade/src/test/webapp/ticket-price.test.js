import test from 'node:test';
import assert from 'node:assert/strict';
import {TicketPrice} from '../../main/webapp/screen/ticket-price.js';

const MARKET = '0';
const LIMIT = '1';

test('an untouched market estimate follows the last price', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.tick(2677);
  assert.equal(price.value, '2677');
});

test('an untouched limit price stays as it was when Limit was chosen', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.choose(LIMIT);
  price.tick(2677);
  assert.equal(price.value, '2623');
});

test('a limit ticket opened before the first price takes that one and no other', () => {
  const price = new TicketPrice();
  price.choose(LIMIT);
  price.tick(2623);
  price.tick(2677);
  assert.equal(price.value, '2623');
});

test('back at Market an untouched price follows again', () => {
  const price = new TicketPrice();
  price.tick(2623);
  price.choose(LIMIT);
  price.choose(MARKET);
  price.tick(2677);
  assert.equal(price.value, '2677');
});

test('a typed price stays, for either type', () => {
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

test('another stock begins with its own price, also after one was typed', () => {
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
