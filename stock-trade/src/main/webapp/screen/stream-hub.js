// Shares one set of event streams between the windows of one session. A browser opens at most six HTTP/1.1 connections to a
// server for all windows together; with three streams for each window, the second one would take the last of them.

import {EventStream} from './event-stream.js';
import {open as openStream} from './http.js';

/** A window pings every 10 s; one that has not for so long has crashed, or its machine slept. */
const GONE = 45_000;

/** How long a window may take to answer for a token, which it may have to renew first. */
const ANSWER = 15_000;

/**
 * Runs in a SharedWorker, or in the page itself. The streams are open as long as a window has joined. Messages of a window:
 * `{join: {name: url}}` (visible from now on), `{leave: true}`, `{ping: true}`, `{token: id, headers}`. Messages to it:
 * `{name, state}`, `{name, event}`, `{name, reset: true}`, `{pong: true}`, `{rejoin: true}`, `{authorize: id, refused}`.
 */
export class StreamHub {
  #windows = new Map(); // port -> time of its last message
  #streams = new Map(); // name -> EventStream
  #asked = new Map(); // id -> resolve
  #ids = 0;

  constructor({open = openStream, now = () => performance.now(), answer = ANSWER, pause} = {}) {
    Object.assign(this, {open, now, answer, pause});
  }

  /** Serves a window through its port. */
  connect(port) {
    port.onmessage = ({data}) => this.#take(port, data);
  }

  #take(port, message) {
    if (this.#windows.has(port)) this.#windows.set(port, this.now());
    if (message.join) this.#join(port, message.join);
    else if (message.leave) this.#leave(port);
    else if (message.ping) this.#pong(port);
    else if (message.token !== undefined) this.#asked.get(message.token)?.(message.headers);
  }

  #join(port, urls) {
    this.#windows.set(port, this.now());
    if (this.#streams.size === 0) this.#start(urls);
    // A window fetches what there is when it is told that a stream is open: it missed what came before.
    else for (const [name, {state}] of this.#streams) port.postMessage({name, state});
  }

  #leave(port) {
    this.#windows.delete(port);
    if (this.#windows.size === 0) this.#stop();
  }

  #pong(port) {
    port.postMessage(this.#windows.has(port) ? {pong: true} : {rejoin: true});
    for (const [other, heard] of this.#windows) if (this.now() - heard > GONE) this.#leave(other);
  }

  #start(urls) {
    for (const [name, url] of Object.entries(urls)) {
      const stream = new EventStream({
        open: (signal) => this.#open(url, signal), notify: (what) => this.#broadcast({name, ...what}), pause: this.pause,
      });
      this.#streams.set(name, stream);
      stream.start();
    }
  }

  #stop() {
    this.#streams.forEach((stream) => stream.stop());
    this.#streams.clear();
  }

  #broadcast(message) {
    for (const port of this.#windows.keys()) port.postMessage(message);
  }

  // The token comes from a window, which keeps it; one that the server refuses is renewed there.
  async #open(url, signal) {
    const headers = await this.#authorize();
    try {
      return await this.open(url, headers, signal);
    } catch (refusal) {
      if (refusal.status !== 401) throw refusal;
      return this.open(url, await this.#authorize(headers), signal);
    }
  }

  /** The headers of a request, from the first window that answers, the one heard of last first. */
  async #authorize(refused = null) {
    const ports = [...this.#windows].sort(([, a], [, b]) => b - a).map(([port]) => port);
    for (const port of ports) {
      const headers = await this.#ask(port, refused);
      if (headers) return {...headers, Accept: 'text/event-stream'};
    }
    throw new Error('no window has a token');
  }

  #ask(port, refused) {
    const id = ++this.#ids;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.answer, null);
      this.#asked.set(id, (headers) => { clearTimeout(timer); resolve(headers); });
      port.postMessage({authorize: id, refused});
    }).finally(() => this.#asked.delete(id));
  }
}
