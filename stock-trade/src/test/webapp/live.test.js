import test from 'node:test';
import assert from 'node:assert/strict';
import {claims, dataScope, owner} from '../../main/webapp/screen/claims.js';
import {RequestError} from '../../main/webapp/screen/http.js';
import {LiveUpdates, overall} from '../../main/webapp/screen/live.js';

/** Refreshes with these outcomes in turn, without pauses between them. */
function live(...outcomes) {
  const it = {refreshes: 0, states: []};
  const waits = [];
  it.live = new LiveUpdates({
    refresh: async () => {
      it.refreshes++;
      const outcome = outcomes.shift();
      if (outcome) throw outcome;
    },
    apply: () => {},
    changed: () => { it.states.push(it.live.state); waits.splice(0).forEach((seen) => seen()); },
    pause: (millis, signal) => (outcomes.length > 0 || signal.aborted ? Promise.resolve() : new Promise(() => {})),
  });
  it.change = () => new Promise((seen) => waits.push(seen));
  return it;
}

test('an open stream fetches once', async () => {
  const it = live();
  it.live.receive({state: 'open'});
  await it.change();
  assert.equal(it.live.state, 'live');
  assert.equal(it.refreshes, 1);
});

test('a failed refresh is retried while the stream is open', async () => {
  const it = live(new RequestError(500), new RequestError(0), null);
  it.live.receive({state: 'open'});
  while (it.live.state !== 'live') await it.change();
  assert.deepEqual(it.states, ['failed', 'unreachable', 'live']);
});

test('a lost stream is replaced by polling', async () => {
  const it = live(null, null, new RequestError(0), null);
  it.live.receive({state: 'lost'});
  while (it.states.length < 3) await it.change();
  assert.deepEqual(it.states, ['polling', 'unreachable', 'polling']);
});

test('a reset refreshes all data and keeps the state', async () => {
  const it = live();
  it.live.receive({state: 'open'});
  await it.change();
  it.live.receive({reset: true});
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(it.refreshes, 2);
  assert.deepEqual(it.states, ['live']);
});

test('the page is unreachable only if all services are', () => {
  assert.equal(overall(['unreachable', 'unreachable', 'unreachable']), 'unreachable');
  assert.equal(overall(['live', 'unreachable', 'live']), 'partial');
  assert.equal(overall(['live', 'failed', 'polling']), 'partial');
  assert.equal(overall(['live', 'polling', 'live']), 'polling');
  assert.equal(overall(['live', 'connecting', 'live']), 'connecting');
  assert.equal(overall(['live', 'live', 'live']), 'live');
});

const token = (payload) => `x.${btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(payload))))}.x`;

test('windows share data only for the same user with the same rights', () => {
  const hanako = {iss: 'https://provider', sub: 'hanako', scope: 'stock/trader', exp: 1};
  assert.equal(dataScope(token(hanako)), dataScope(token({...hanako, exp: 2})));
  for (const other of [{sub: 'taro'}, {iss: 'https://other'}, {scope: 'stock/viewer'}, {'cognito:groups': ['viewer']}]) {
    assert.ok(dataScope(token(hanako)) !== dataScope(token({...hanako, ...other})));
  }
  assert.equal(owner(token(hanako)), owner(token({...hanako, nonce: 'another sign-in'})));
  assert.equal(claims(token({name: '花子'})).name, '花子');
});
