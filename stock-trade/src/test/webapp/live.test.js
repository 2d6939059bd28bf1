import test from 'node:test';
import assert from 'node:assert/strict';
import {claims, owner, scope} from '../../main/webapp/screen/claims.js';
import {Refusal} from '../../main/webapp/screen/http.js';
import {Live, overall} from '../../main/webapp/screen/live.js';

/** Refreshes with these outcomes one after the other; the pauses between them end at once. */
function live(...outcomes) {
  const it = {refreshes: 0, states: []};
  const waits = [];
  it.live = new Live({
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
  it.live.take({state: 'open'});
  await it.change();
  assert.equal(it.live.state, 'live');
  assert.equal(it.refreshes, 1);
});

test('what fails while the stream is open is fetched until it succeeds', async () => {
  const it = live(new Refusal(500), new Refusal(0), null);
  it.live.take({state: 'open'});
  while (it.live.state !== 'live') await it.change();
  assert.deepEqual(it.states, ['failed', 'away', 'live']);
});

test('a lost stream is replaced by polling', async () => {
  const it = live(null, null, new Refusal(0), null);
  it.live.take({state: 'lost'});
  while (it.states.length < 3) await it.change();
  assert.deepEqual(it.states, ['polling', 'away', 'polling']);
});

test('a reset fetches everything again and keeps the state', async () => {
  const it = live();
  it.live.take({state: 'open'});
  await it.change();
  it.live.take({reset: true});
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(it.refreshes, 2);
  assert.deepEqual(it.states, ['live']);
});

test('only what cannot be reached is called lost', () => {
  assert.equal(overall(['away', 'away', 'away']), 'away');
  assert.equal(overall(['live', 'away', 'live']), 'partial');
  assert.equal(overall(['live', 'failed', 'polling']), 'partial');
  assert.equal(overall(['live', 'polling', 'live']), 'polling');
  assert.equal(overall(['live', 'connecting', 'live']), 'connecting');
  assert.equal(overall(['live', 'live', 'live']), 'live');
});

const token = (payload) => `x.${btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(payload))))}.x`;

test('windows share data only for the same person with the same rights', () => {
  const hanako = {iss: 'https://provider', sub: 'hanako', scope: 'stock/trader', exp: 1};
  assert.equal(scope(token(hanako)), scope(token({...hanako, exp: 2})));
  for (const other of [{sub: 'taro'}, {iss: 'https://other'}, {scope: 'stock/viewer'}, {'cognito:groups': ['viewer']}]) {
    assert.ok(scope(token(hanako)) !== scope(token({...hanako, ...other})));
  }
  assert.equal(owner(token(hanako)), owner(token({...hanako, nonce: 'another sign-in'})));
  assert.equal(claims(token({name: '花子'})).name, '花子');
});
