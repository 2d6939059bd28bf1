// A window's side of the shared streams.

const PING = 10_000;
const UNANSWERED = 2;

/** Joins the hub while the window is visible, and connects to another hub if the first one stops answering. */
export class StreamClient {
  #port = null;
  #joined = false;
  #unanswered = 0;
  #failures = 0;

  /**
   * @param connect returns a port to a hub; called with how many hubs have failed so far
   * @param urls of the streams by name
   * @param authorize resolves with the headers of a request, null if nobody is signed in; called with the headers that the
   *     server has refused, if it has
   * @param notify called with each message about a stream
   */
  constructor({connect, urls, authorize, notify, every = (work) => setInterval(work, PING)}) {
    Object.assign(this, {connect, urls, authorize, notify});
    every(() => this.#ping());
  }

  /** The window is visible. */
  join() {
    if (this.#joined) return;
    this.#joined = true;
    this.#open();
  }

  /** The window is hidden, or closes. */
  leave() {
    if (!this.#joined) return;
    this.#joined = false;
    this.#port.postMessage({leave: true});
  }

  /** The hub has failed: the next one takes over, and every stream is opened and fetched again. */
  failed() {
    this.#failures++;
    this.#port?.postMessage({leave: true});
    this.#port = null;
    if (this.#joined) this.#open();
  }

  #open() {
    if (this.#port === null) {
      this.#port = this.connect(this.#failures);
      this.#port.onmessage = ({data}) => this.#take(data);
    }
    this.#unanswered = 0;
    this.#port.postMessage({join: this.urls});
  }

  #ping() {
    if (!this.#joined) return;
    if (this.#unanswered++ >= UNANSWERED) this.failed();
    else this.#port.postMessage({ping: true});
  }

  async #take(message) {
    this.#unanswered = 0;
    if (message.authorize !== undefined) {
      const port = this.#port;
      const headers = await this.authorize(message.refused).catch(() => null);
      port.postMessage({token: message.authorize, headers});
    } else if (message.rejoin) {
      if (this.#joined) this.#open();
    } else if (message.name && this.#joined) {
      this.notify(message);
    }
  }
}
