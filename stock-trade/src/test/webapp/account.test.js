import test from 'node:test';
import assert from 'node:assert/strict';
import {AccountChoice, cursorBefore, isAccountId} from '../../main/webapp/screen/account-choice.js';
import {AccountPages} from '../../main/webapp/screen/account-pages.js';
import {roles} from '../../main/webapp/screen/claims.js';
import {LedgerLag, isBehind} from '../../main/webapp/screen/ledger-lag.js';

class Storage {
  #items = new Map();
  getItem(name) { return this.#items.get(name) ?? null; }
  setItem(name, value) { this.#items.set(name, value); }
  removeItem(name) { this.#items.delete(name); }
}

test('an account id has 1 to 64 characters of its alphabet', () => {
  for (const id of ['main', 'a', 'A-1_b.c:d@e', 'x'.repeat(64)]) assert.equal(isAccountId(id), true);
  for (const id of ['', ' ', 'a b', 'ａlice', '口座', 'a/b', 'a\n', 'x'.repeat(65)]) assert.equal(isAccountId(id), false);
});

test('the tab remembers the chosen account and the earlier ones', () => {
  const tab = new Storage();
  const choice = new AccountChoice(tab);
  assert.equal(choice.chosen, null);
  ['alice', 'bob', 'alice'].forEach((id) => choice.choose(id));

  const reloaded = new AccountChoice(tab);
  assert.equal(reloaded.chosen, 'alice');
  assert.deepEqual(reloaded.known, ['alice', 'bob']);
  assert.equal(new AccountChoice(new Storage()).chosen, null);

  reloaded.clear();
  assert.equal(choice.chosen, null);
  assert.deepEqual(choice.known, ['alice', 'bob']);
});

test('the cursor before an account id is lower than it and higher than all lower ids', () => {
  for (const id of ['alice', 'a', 'a-', 'A0', 'x.', 'b'.repeat(64), '0']) {
    const cursor = cursorBefore(id);
    assert.equal(isAccountId(cursor), true);
    assert.equal(cursor < id, true);
  }
  assert.equal(cursorBefore('alice') > 'alicd_zzz', true);
  assert.equal(cursorBefore('a-'), 'a');
  assert.equal(cursorBefore('-'), '');
  assert.equal(cursorBefore(''), '');
});

/** Pages of two accounts each. */
const pages = (...ids) => async (cursor = '') => {
  const rest = ids.filter((id) => id > cursor).map((account) => ({account, status: 'ACTIVE'}));
  return {accounts: rest.slice(0, 2), ...(rest.length > 2 ? {nextCursor: rest[1].account} : {})};
};

test('accounts are loaded in pages and sorted by id', async () => {
  const accounts = new AccountPages(pages('B', 'a', 'c', 'd', 'e'));
  await accounts.load();
  assert.deepEqual(accounts.list.map(({account}) => account), ['B', 'a']);
  await accounts.more();
  assert.equal(accounts.hasMore, true);
  await accounts.more();
  assert.equal(accounts.hasMore, false);
  assert.deepEqual(accounts.list.map(({account}) => account), ['B', 'a', 'c', 'd', 'e']);

  await accounts.load();
  assert.deepEqual(accounts.list.map(({account}) => account), ['B', 'a']);
});

test('accounts are loaded from a start id', async () => {
  const accounts = new AccountPages(pages('a', 'b', 'bb', 'c'));
  await accounts.load('b');
  assert.deepEqual(accounts.list.map(({account}) => account), ['b', 'bb']);
  assert.equal(accounts.put({account: 'a'}), false);
  assert.equal(accounts.put({account: 'ba'}), true);
  assert.deepEqual(accounts.list.map(({account}) => account), ['b', 'ba', 'bb']);
});

test('a new or changed account is put in sort order, unless its page is not loaded', async () => {
  const accounts = new AccountPages(pages('a', 'c', 'e'));
  await accounts.load();
  accounts.put({account: 'b', status: 'ACTIVE', cashValue: 5});
  accounts.put({account: 'b', status: 'SUSPENDED'});
  assert.equal(accounts.put({account: 'd', status: 'ACTIVE'}), false);

  assert.deepEqual(accounts.list.map(({account}) => account), ['a', 'b', 'c']);
  assert.deepEqual(accounts.list[1], {account: 'b', status: 'SUSPENDED', cashValue: 5});
  await accounts.more();
  accounts.put({account: 'f', status: 'ACTIVE'});
  assert.deepEqual(accounts.list.map(({account}) => account), ['a', 'b', 'c', 'e', 'f']);
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

test('balances are polled with backoff until the ledger has caught up, despite failures', async () => {
  const pauses = [];
  let left = 4;
  const lag = new LedgerLag({
    behind: () => left > 0,
    fetch: async () => { if (--left === 2) throw new Error('unavailable'); },
    pause: async (millis) => { pauses.push(millis); },
  });

  await lag.start();

  assert.equal(pauses.length, 4);
  assert.ok(pauses[3] > 2 * pauses[0]);
});

test('no balances are polled if the ledger has caught up, or after the window is hidden', async () => {
  let fetched = 0;
  const fetch = async () => { fetched++; };
  await new LedgerLag({behind: () => false, fetch}).start();

  const hidden = new LedgerLag({behind: () => true, fetch, pause: async () => hidden.stop()});
  await hidden.start();

  assert.equal(fetched, 0);
});
