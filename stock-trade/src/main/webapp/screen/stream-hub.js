// Shares one set of event streams between the windows of a session. A browser opens at most six HTTP/1.1 connections to a server,
// for all windows together. With three streams per window, two windows would use all of them.

import {EventStream} from './event-stream.js';
import {open as openStream} from './http.js';

/** A window pings every 10 s. Without a ping for this long it has crashed, or its machine slept. */
const WINDOW_TIMEOUT = 45_000;

/** Time for a window to return a token, which it may have to renew first. */
const TOKEN_TIMEOUT = 15_000;

/**
 * Runs in a SharedWorker, or in the page itself. The streams stay open while any window has joined. Messages from a window:
 * `{join: {name: url}}` when it becomes visible, `{leave: true}`, `{ping: true}`, `{token: id, headers}`. Messages to a window:
 * `{name, state}`, `{name, event}`, `{name, reset: true}`, `{pong: true}`, `{rejoin: true}`, `{authorize: id, rejected}`.
 */
export class StreamHub {
  #windows = new Map(); // port -> time of its last message
  #streams = new Map(); // name -> EventStream
  #tokenRequests = new Map(); // id -> resolve
  #ids = 0;

  constructor({open = openStream, now = () => performance.now(), tokenTimeout = TOKEN_TIMEOUT, pause} = {}) {
    Object.assign(this, {open, now, tokenTimeout, pause});
  }

  /** Serves a window through its port. */
  connect(port) {
    port.onmessage = ({data}) => this.#receive(port, data);
  }

  #receive(port, message) {
    if (this.#windows.has(port)) this.#windows.set(port, this.now());
    if (message.join) this.#join(port, message.join);
    else if (message.leave) this.#leave(port);
    else if (message.ping) this.#pong(port);
    else if (message.token !== undefined) this.#tokenRequests.get(message.token)?.(message.headers);
  }

  #join(port, urls) {
    this.#windows.set(port, this.now());
    if (this.#streams.size === 0) this.#start(urls);
    // The window refreshes its data when it receives `open`: it has missed the earlier events.
    else for (const [name, {state}] of this.#streams) port.postMessage({name, state});
  }

  #leave(port) {
    this.#windows.delete(port);
    if (this.#windows.size === 0) this.#stop();
  }

  #pong(port) {
    port.postMessage(this.#windows.has(port) ? {pong: true} : {rejoin: true});
    for (const [other, lastSeen] of this.#windows) if (this.now() - lastSeen > WINDOW_TIMEOUT) this.#leave(other);
  }

  #start(urls) {
    for (const [name, url] of Object.entries(urls)) {
      const stream = new EventStream({
        open: (signal) => this.#open(url, signal), notify: (message) => this.#broadcast({name, ...message}), pause: this.pause,
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

  // Windows own the token. If the server rejects it, a window renews it.
  async #open(url, signal) {
    const headers = await this.#authorize();
    try {
      return await this.open(url, headers, signal);
    } catch (error) {
      if (error.status !== 401) throw error;
      return this.open(url, await this.#authorize(headers), signal);
    }
  }

  /** The headers of a request, from the first window that responds; the most recently active window is asked first. */
  async #authorize(rejected = null) {
    const ports = [...this.#windows].sort(([, a], [, b]) => b - a).map(([port]) => port);
    for (const port of ports) {
      const headers = await this.#requestToken(port, rejected);
      if (headers) return {...headers, Accept: 'text/event-stream'};
    }
    throw new Error('no window has a token');
  }

  #requestToken(port, rejected) {
    const id = ++this.#ids;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.tokenTimeout, null);
      this.#tokenRequests.set(id, (headers) => { clearTimeout(timer); resolve(headers); });
      port.postMessage({authorize: id, rejected});
    }).finally(() => this.#tokenRequests.delete(id));
  }
}
