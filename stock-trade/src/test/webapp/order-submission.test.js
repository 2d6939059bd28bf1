import test from 'node:test';
import assert from 'node:assert/strict';
import {CashSubmission} from '../../main/webapp/screen/cash-submission.js';
import {OrderSubmission} from '../../main/webapp/screen/order-submission.js';
import {RequestError} from '../../main/webapp/screen/http.js';

const ORDER = {orderDate: 20200607, orderTime: '11:25:00', stockCode: 'A002', tradeType: 'BUY', orderType: '1',
  orderPrice: 2320, orderQuantity: 10};
const ACCEPTED = {acceptanceResult: {tradeNo: 10012}};
const PROBLEM = {type: 'urn:problem:insufficient-funds', title: 'no'};

class Storage {
  #items = new Map();
  get length() { return this.#items.size; }
  key(i) { return [...this.#items.keys()][i] ?? null; }
  getItem(name) { return this.#items.get(name) ?? null; }
  setItem(name, value) { this.#items.set(name, value); }
  removeItem(name) { this.#items.delete(name); }
}

/** A tab whose storage survives a reload, like sessionStorage. Requests get the responses in turn. */
function tab(...responses) {
  const it = {sent: [], phases: [], pauses: [], storage: new Storage(), owner: '', time: 0};
  it.load = (Submission = OrderSubmission) => new Submission({
    send: async (key, body) => {
      it.sent.push({key, body});
      const next = responses.shift();
      if (next instanceof Error) throw next;
      return typeof next === 'function' ? next() : next;
    },
    storage: it.storage,
    owner: () => it.owner,
    changed: (phase) => it.phases.push(phase),
    now: () => it.time,
    pause: async (millis) => { it.pauses.push(millis); },
  });
  return it;
}

const never = () => new Promise(() => {});

test('an accepted order is sent once and removed from the storage', async () => {
  const it = tab(ACCEPTED);
  const submission = it.load();

  assert.deepEqual(await submission.submit(ORDER), {accepted: {tradeNo: 10012}});

  assert.equal(it.sent.length, 1);
  assert.deepEqual(JSON.parse(it.sent[0].body), ORDER);
  assert.equal(submission.unresolved, false);
  assert.deepEqual(it.phases, ['sending']);
});

const unknown = {
  'no response': new RequestError(0),
  'a server error': new RequestError(500, {}, true),
  'an outage': new RequestError(503, PROBLEM, true),
  'an HTML page of a proxy': new RequestError(403, {}, false),
  'a request timeout': new RequestError(408, PROBLEM, true),
  'too many requests': new RequestError(429, PROBLEM, true),
  'a response without a trade number': {acceptanceResult: {}},
  'an empty response': null,
};
for (const [name, answer] of Object.entries(unknown)) {
  test(`after ${name} the same key and body are sent again`, async () => {
    const it = tab(answer, answer, ACCEPTED);

    assert.deepEqual(await it.load().submit(ORDER), {accepted: {tradeNo: 10012}});

    assert.equal(it.sent.length, 3);
    assert.deepEqual(it.sent[1], it.sent[0]);
    assert.deepEqual(it.sent[2], it.sent[0]);
    assert.deepEqual(it.phases, ['sending', 'checking', 'checking']);
  });
}

test('retries back off up to fifteen seconds', async () => {
  const it = tab(...Array(9).fill(new RequestError(0)), ACCEPTED);

  await it.load().submit(ORDER);

  assert.ok(it.pauses[0] >= 375 && it.pauses[0] <= 625);
  assert.ok(it.pauses[3] >= 3_000 && it.pauses[3] <= 5_000);
  assert.ok(it.pauses[8] >= 11_250 && it.pauses[8] <= 18_750);
});

test('a problem document of the service ends the retries', async () => {
  const it = tab(new RequestError(0), new RequestError(422, PROBLEM, true));
  const submission = it.load();

  const {rejected} = await submission.submit(ORDER);

  assert.equal(rejected.problemType, 'insufficient-funds');
  assert.equal(submission.unresolved, false);
});

test('each order has its own key', async () => {
  const it = tab(ACCEPTED, ACCEPTED);
  const submission = it.load();
  await submission.submit(ORDER);
  await submission.submit(ORDER);

  assert.ok(it.sent[0].key !== it.sent[1].key);
});

test('no second order is sent while one is pending', async () => {
  const it = tab(never);
  const submission = it.load();
  submission.submit(ORDER);

  await assert.rejects(submission.submit({...ORDER, orderPrice: 2321}));

  assert.equal(it.sent.length, 1);
});

test('a reload resumes with the same key and body', async () => {
  const it = tab(never, ACCEPTED);
  it.load().submit(ORDER);

  const reloaded = it.load();
  assert.equal(reloaded.unresolved, true);
  assert.deepEqual(reloaded.pending, ORDER);
  assert.deepEqual(await reloaded.resume(), {accepted: {tradeNo: 10012}});

  assert.deepEqual(it.sent[1], it.sent[0]);
  assert.equal(reloaded.unresolved, false);
});

test('without a pending order there is nothing to resume', async () => {
  assert.equal(await tab().load().resume(), null);
});

test('after a sign-out the order waits for the same user', async () => {
  const it = tab(new RequestError(401, PROBLEM, true), ACCEPTED);
  it.owner = 'hanako';
  const first = it.load();
  await new Promise((ended) => {
    first.pause = () => { ended(); return never(); };
    first.submit(ORDER);
  });

  it.owner = 'taro';
  const another = it.load();
  assert.equal(another.unresolved, true);
  assert.equal(another.pending, null);
  assert.equal(await another.resume(), null);

  it.owner = 'hanako';
  assert.deepEqual(await it.load().resume(), {accepted: {tradeNo: 10012}});
  assert.deepEqual(it.sent[1], it.sent[0]);
});

test('an order is not retried after the server may have forgotten the key', async () => {
  const it = tab(new RequestError(0), ACCEPTED);
  const submission = it.load();
  submission.pause = async () => { it.time += 20 * 3_600_000 + 1; };

  assert.deepEqual(await submission.submit(ORDER), {expired: true});

  assert.equal(it.sent.length, 1);
  assert.equal(submission.unresolved, false);
});

const DEPOSIT = {account: 'alice', type: 'DEPOSIT', amount: 500};

test('a deposit without a response is retried with its key forever, independent of a pending order', async () => {
  const it = tab(never, new RequestError(0), {}, {movementNo: 7});
  it.load().submit(ORDER);
  const cash = it.load(CashSubmission);
  assert.equal(cash.pending, null);
  cash.pause = async () => { it.time += 365 * 24 * 3_600_000; };

  assert.deepEqual(await cash.submit(DEPOSIT), {accepted: {movementNo: 7}});

  assert.equal(it.sent.length, 4);
  assert.deepEqual(it.sent[2], it.sent[1]);
  assert.deepEqual(it.sent[3], it.sent[1]);
  assert.ok(it.sent[1].key !== it.sent[0].key);
  assert.deepEqual(it.load().pending, ORDER);
});

test('a reload resumes a pending withdrawal', async () => {
  const it = tab(never, new RequestError(422, PROBLEM, true));
  it.load(CashSubmission).submit({...DEPOSIT, type: 'WITHDRAWAL'});

  const {rejected} = await it.load(CashSubmission).resume();

  assert.equal(rejected.problemType, 'insufficient-funds');
  assert.deepEqual(it.sent[1], it.sent[0]);
  assert.equal(it.load(CashSubmission).pending, null);
});
