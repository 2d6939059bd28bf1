// HTTP requests with a timeout. Every failure is a Refusal, so that a caller handles one kind of error.

/** Longer than the slowest answer of a healthy service; a request without an answer must end before its user gives up. */
const TIMEOUT = 10_000;

// Sign in, or send it again: none of these is the service's decision about the request.
const UNDECIDED = [401, 408, 425, 429];

/** A request that failed. `status` is 0 without a readable answer: no connection, a timeout, a body that is cut off. */
export class Refusal extends Error {
  constructor(status, problem = {}, documented = false) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    /** Whether the answer was a problem document (RFC 9457): a proxy's error page is none. */
    this.documented = documented;
  }

  /** The last part of the problem's type, e.g. `insufficient-funds`. */
  get word() {
    return (this.problem.type ?? '').split(':').pop();
  }

  /** Whether the service decided: the request had no effect, and sending it again changes nothing. */
  get definite() {
    return this.documented && this.status >= 400 && this.status < 500 && !UNDECIDED.includes(this.status);
  }
}

/** Sends a request. Resolves with the JSON of a 2xx answer, null for 204; rejects with a Refusal. */
export async function request(url, options = {}, timeout = TIMEOUT) {
  const {response, text} = await answer(url, {...options, signal: AbortSignal.timeout(timeout)});
  const body = json(text);
  if (!response.ok) throw refusal(response, body);
  if (response.status !== 204 && body === undefined) throw new Refusal(0, {title: 'The answer is not JSON'});
  return body ?? null;
}

/** How long a file may take. */
const FILE_TIMEOUT = 300_000;

/** Sends a request for a file. Resolves with it, as a Blob; rejects with a Refusal. */
export async function file(url, options = {}) {
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', ...options, signal: AbortSignal.timeout(FILE_TIMEOUT)});
    if (!response.ok) throw refusal(response, json(await response.text()));
    return await response.blob();
  } catch (failure) {
    throw failure instanceof Refusal ? failure : new Refusal(0, {title: failure.message});
  }
}

/** Opens a stream. Resolves with its body, which has no time limit; rejects with a Refusal. */
export async function open(url, headers, signal, timeout = TIMEOUT) {
  const opening = new AbortController();
  const abort = () => opening.abort();
  signal.addEventListener('abort', abort, {once: true});
  const timer = setTimeout(abort, timeout);
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', headers, signal: opening.signal});
    if (!response.ok) throw refusal(response, json(await response.text()));
    return response.body;
  } catch (failure) {
    throw failure instanceof Refusal ? failure : new Refusal(0, {title: failure.message});
  } finally {
    clearTimeout(timer);
  }
}

async function answer(url, options) {
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', ...options});
    return {response, text: await response.text()};
  } catch (failure) {
    throw new Refusal(0, {title: failure.message});
  }
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(response, body) {
  const documented = isProblem(response, body);
  return new Refusal(response.status, documented ? body : {}, documented);
}

const isProblem = (response, body) =>
  (response.headers.get('Content-Type') ?? '').startsWith('application/problem+json') && typeof body === 'object' && body !== null;
