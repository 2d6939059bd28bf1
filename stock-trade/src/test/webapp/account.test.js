import test from 'node:test';
import assert from 'node:assert/strict';
import {AccountChoice, isAccountId} from '../../main/webapp/screen/account-choice.js';
import {roles} from '../../main/webapp/screen/claims.js';
import {LedgerLag, isBehind} from '../../main/webapp/screen/ledger-lag.js';

class Storage {
  #items = new Map();
  getItem(name) { return this.#items.get(name) ?? null; }
  setItem(name, value) { this.#items.set(name, value); }
}

test('an account id has 1 to 64 characters of its alphabet', () => {
  for (const id of ['main', 'a', 'A-1_b.c:d@e', 'x'.repeat(64)]) assert.equal(isAccountId(id), true);
  for (const id of ['', ' ', 'a b', 'ａlice', '口座', 'a/b', 'a\n', 'x'.repeat(65)]) assert.equal(isAccountId(id), false);
});

test('the account chosen last is kept in the tab, with those before it', () => {
  const tab = new Storage();
  const choice = new AccountChoice(tab);
  assert.equal(choice.chosen, null);
  ['alice', 'bob', 'alice'].forEach((id) => choice.choose(id));

  const reloaded = new AccountChoice(tab);
  assert.equal(reloaded.chosen, 'alice');
  assert.deepEqual(reloaded.known, ['alice', 'bob']);
  assert.equal(new AccountChoice(new Storage()).chosen, null);
});

const token = (payload) => `x.${btoa(JSON.stringify(payload))}.x`;

test('roles are the groups, and the last parts of the scopes if there are no groups', () => {
  assert.deepEqual(roles(token({'cognito:groups': ['operator'], scope: 'stock/trader'})), ['operator']);
  assert.deepEqual(roles(token({scope: 'openid stock/trader'})), ['openid', 'trader']);
  assert.deepEqual(roles(token({'cognito:groups': 'operator'})), []);
  assert.deepEqual(roles(token({})), ['']);
});

const stock = (stockQuantity, stockCode = 'A002') => ({stockCode, stockQuantity});

test('the ledger is behind while cash or a position differs', () => {
  const account = {cashValue: 100, stocks: [stock(10)]};
  assert.equal(isBehind(account, {cashValue: 100, stocks: [stock(10)]}), false);
  assert.equal(isBehind(account, {cashValue: 100, stocks: [stock(10), stock(0, 'A001')]}), false);
  assert.equal(isBehind(account, {cashValue: 99, stocks: [stock(10)]}), true);
  assert.equal(isBehind(account, {cashValue: 100, stocks: [stock(9)]}), true);
  assert.equal(isBehind(account, {cashValue: 100, stocks: []}), true);
  assert.equal(isBehind(account, {cashValue: 100, stocks: [stock(10), stock(1, 'A001')]}), true);
  assert.equal(isBehind({cashValue: 100, stocks: [stock(0)]}, {cashValue: 100, stocks: []}), false);
  assert.equal(isBehind(null, {cashValue: 100, stocks: []}), false);
});

test('balances are fetched with growing pauses until the ledger is up to date, also through failures', async () => {
  const pauses = [];
  let left = 4;
  const lag = new LedgerLag({
    behind: () => left > 0,
    fetch: async () => { if (--left === 2) throw new Error('away'); },
    pause: async (millis) => { pauses.push(millis); },
  });

  await lag.start();

  assert.equal(pauses.length, 4);
  assert.ok(pauses[3] > 2 * pauses[0]);
});

test('nothing is fetched if the ledger is up to date, or once the window is hidden', async () => {
  let fetched = 0;
  const fetch = async () => { fetched++; };
  await new LedgerLag({behind: () => false, fetch}).start();

  const hidden = new LedgerLag({behind: () => true, fetch, pause: async () => hidden.stop()});
  await hidden.start();

  assert.equal(fetched, 0);
});
