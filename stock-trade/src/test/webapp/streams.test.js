import test from 'node:test';
import assert from 'node:assert/strict';
import {EventStream} from '../../main/webapp/screen/event-stream.js';
import {RequestError} from '../../main/webapp/screen/http.js';
import {StreamClient} from '../../main/webapp/screen/stream-client.js';
import {StreamHub} from '../../main/webapp/screen/stream-hub.js';

const URLS = {trade: '/trade/events', items: '/stock/events'};

/** Resolves once `holds` returns true; the code under test needs several turns of the event loop. */
async function until(holds) {
  for (let turn = 0; turn < 1_000; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`never: ${holds}`);
}

/** A server of event streams that records each stream and closes it when its signal aborts. */
function server({reject = () => null} = {}) {
  const it = {opened: [], get live() { return it.opened.filter(({closed}) => !closed); }};
  it.open = async (url, headers, signal) => {
    const error = reject(headers);
    if (error) throw error;
    let controller;
    const body = new ReadableStream({start: (control) => { controller = control; }});
    const stream = {url, headers, closed: false,
      send: (text) => controller.enqueue(new TextEncoder().encode(text)),
      end: () => { stream.closed = true; controller.close(); }};
    signal.addEventListener('abort', () => { if (!stream.closed) { stream.closed = true; controller.error(new Error('aborted')); } });
    stream.send(': subscribed\n\n');
    it.opened.push(stream);
    return body;
  };
  return it;
}

/** Windows of one session with a shared hub; `time` is the hub's clock. */
function windows(served) {
  const it = {time: 0};
  const hub = new StreamHub({open: served.open, now: () => it.time, pause: () => new Promise((resolve) => setTimeout(resolve, 2))});
  it.open = ({token = 'one', connect} = {}) => {
    const window = {seen: [], authorizations: [], channels: [], ping: null};
    window.client = new StreamClient({
      urls: URLS,
      connect: connect ?? (() => {
        const channel = new MessageChannel();
        window.channels.push(channel);
        hub.connect(channel.port1);
        return channel.port2;
      }),
      authorize: async (rejected) => {
        window.authorizations.push(rejected);
        return typeof token === 'function' ? token(rejected) : {Authorization: token};
      },
      notify: (message) => window.seen.push(message),
      every: (work) => { window.ping = work; },
    });
    window.states = (name) => window.seen.filter((message) => message.name === name && message.state).map(({state}) => state);
    window.crash = () => window.channels.forEach(({port1, port2}) => { port1.close(); port2.close(); });
    return window;
  };
  return it;
}

/** Closes all windows. Each test must do this, because open streams keep timers. */
async function close(served, ...all) {
  all.forEach(({client}) => client.leave());
  await until(() => served.live.length === 0);
  all.forEach((window) => window.crash());
}

test('three windows share one stream per service', async () => {
  const served = server();
  const session = windows(served);
  const all = [session.open(), session.open(), session.open()];
  for (const {client} of all) {
    client.join();
    await until(() => served.opened.length === 2);
  }

  await until(() => all.every((window) => window.states('trade').includes('open') && window.states('items').includes('open')));
  served.opened.find(({url}) => url === '/trade/events').send('event: order\ndata: {"tradeNo":10012}\n\n');

  await until(() => all.every(({seen}) => seen.some(({name, event}) => name === 'trade' && event?.tradeNo === 10012)));
  assert.equal(served.opened.length, 2);
  await close(served, ...all);
});

test('the streams stay open after the window that opened them closes, and end with the last window', async () => {
  const served = server();
  const session = windows(served);
  const first = session.open();
  const second = session.open();
  first.client.join();
  await until(() => served.live.length === 2);
  second.client.join();
  await until(() => second.states('trade').includes('open'));

  first.client.leave();
  served.live.forEach((stream) => stream.send('event: x\ndata: {"n":1}\n\n'));
  await until(() => second.seen.filter(({event}) => event).length === 2);
  assert.equal(first.seen.some(({event}) => event), false);

  second.client.leave();
  await until(() => served.live.length === 0);
  assert.equal(served.opened.length, 2);
  await close(served, first, second);
});

test('a stream that the server ends is reopened with a new token, and the windows refresh', async () => {
  const served = server();
  const session = windows(served);
  let tokens = 0;
  const window = session.open({token: () => ({Authorization: `token ${++tokens}`})});
  const now = performance.now.bind(performance);
  window.client.join();
  await until(() => window.states('trade').length === 1);
  performance.now = () => now() + 60_000; // long enough not to count as a failure
  served.opened.find(({url}) => url === '/trade/events').end();

  await until(() => window.states('trade').length === 2);

  performance.now = now;
  assert.deepEqual(window.states('trade'), ['open', 'open']);
  const [, again] = served.opened.filter(({url}) => url === '/trade/events');
  assert.equal(again.headers.Authorization, 'token 3');
  await close(served, window);
});

test('a rejected token is renewed without losing the stream', async () => {
  const served = server({reject: ({Authorization}) => (Authorization === 'old' ? new RequestError(401) : null)});
  const session = windows(served);
  const window = session.open({token: (rejected) => ({Authorization: rejected ? 'new' : 'old'})});
  window.client.join();

  await until(() => window.states('trade').length === 1 && window.states('items').length === 1);

  assert.deepEqual(window.states('trade'), ['open']);
  assert.equal(window.authorizations.filter((rejected) => rejected?.Authorization === 'old').length, 2);
  await close(served, window);
});

test('a crashed window does not block the others', async () => {
  const served = server();
  const session = windows(served);
  const crashed = session.open();
  crashed.client.join();
  await until(() => served.live.length === 2);
  const other = session.open();
  other.client.join();
  await until(() => other.states('trade').includes('open'));
  crashed.crash();

  session.time = 60_000;
  other.ping(); // this window is still active
  await until(() => served.live.length === 2);
  other.client.leave();

  await until(() => served.live.length === 0);
  await close(served, other);
});

test('a window that slept joins again and refreshes', async () => {
  const served = server();
  const session = windows(served);
  const slept = session.open();
  const other = session.open();
  slept.client.join();
  other.client.join();
  await until(() => slept.states('trade').length > 0 && other.states('trade').length > 0);
  const before = slept.states('trade').length;
  session.time = 60_000;
  await new Promise((resolve) => {
    other.channels[0].port2.addEventListener('message', ({data}) => data.pong && resolve());
    other.ping();
  });

  slept.ping();

  await until(() => slept.states('trade').length > before);
  await close(served, slept, other);
});

test('a hub that does not respond is replaced by the next one', async () => {
  const served = server();
  const session = windows(served);
  const failures = [];
  const hub = new StreamHub({open: served.open});
  const window = session.open({connect: (failed) => {
    failures.push(failed);
    const {port1, port2} = new MessageChannel();
    if (failed > 0) hub.connect(port1);
    window.channels.push({port1, port2});
    return port2;
  }});
  window.client.join();
  window.ping();
  window.ping();
  window.ping();

  await until(() => window.states('trade').includes('open'));

  assert.deepEqual(failures, [0, 1]);
  await close(served, window);
});

test('a stream that cannot be opened is lost, and reopened with backoff', async () => {
  const received = [];
  const pauses = [];
  let attempts = 0;
  const served = server();
  const stream = new EventStream({
    open: (signal) => (++attempts < 4 ? Promise.reject(new RequestError(0)) : served.open('/x', {}, signal)),
    notify: ({state}) => received.push(state),
    pause: async (millis) => { pauses.push(millis); },
  });
  stream.start();

  await until(() => stream.state === 'open');

  stream.stop();
  assert.deepEqual(received, ['lost', 'open']);
  assert.ok(pauses.length === 3 && pauses[2] > pauses[0]);
});

test('a reset is forwarded without its data', async () => {
  const served = server();
  const received = [];
  const stream = new EventStream({open: (signal) => served.open('/x', {}, signal), notify: (what) => received.push(what)});
  stream.start();
  await until(() => served.opened.length === 1);
  served.opened[0].send('event: reset\ndata: \n\n');

  await until(() => received.length === 2);

  stream.stop();
  assert.deepEqual(received, [{state: 'open'}, {reset: true}]);
});
