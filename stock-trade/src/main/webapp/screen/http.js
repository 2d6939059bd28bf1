// HTTP requests with a timeout. Every failure is a RequestError, so callers handle one kind of error.

/** Longer than the slowest response of a healthy service, and short enough that the user still waits for it. */
const TIMEOUT = 10_000;

// Sign in, or retry: these responses say nothing about the outcome of the request.
const RETRYABLE = [401, 408, 425, 429];

/** A failed request. `status` is 0 without a readable response: no connection, a timeout, a truncated body. */
export class RequestError extends Error {
  constructor(status, problem = {}, hasProblem = false) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    /** Whether the response was a problem document (RFC 9457). A proxy's error page is not. */
    this.hasProblem = hasProblem;
  }

  /** The last part of the problem's type, e.g. `insufficient-funds`. */
  get problemType() {
    return (this.problem.type ?? '').split(':').pop();
  }

  /** Whether the service rejected the request for good: it had no effect, and a retry gets the same response. */
  get definite() {
    return this.hasProblem && this.status >= 400 && this.status < 500 && !RETRYABLE.includes(this.status);
  }
}

/** Sends a request. Resolves with the JSON of a 2xx response, null for 204; rejects with a RequestError. */
export async function request(url, options = {}, timeout = TIMEOUT) {
  const {response, text} = await exchange(url, {...options, signal: AbortSignal.timeout(timeout)});
  const body = json(text);
  if (!response.ok) throw requestError(response, body);
  if (response.status !== 204 && body === undefined) throw new RequestError(0, {title: 'The response is not JSON'});
  return body ?? null;
}

const FILE_TIMEOUT = 300_000;

/** Downloads a file. Resolves with a Blob; rejects with a RequestError. */
export async function file(url, options = {}) {
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', ...options, signal: AbortSignal.timeout(FILE_TIMEOUT)});
    if (!response.ok) throw requestError(response, json(await response.text()));
    return await response.blob();
  } catch (failure) {
    throw failure instanceof RequestError ? failure : new RequestError(0, {title: failure.message});
  }
}

/** Opens a stream. Resolves with its body, which has no timeout; rejects with a RequestError. */
export async function open(url, headers, signal, timeout = TIMEOUT) {
  const opening = new AbortController();
  const abort = () => opening.abort();
  signal.addEventListener('abort', abort, {once: true});
  const timer = setTimeout(abort, timeout);
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', headers, signal: opening.signal});
    if (!response.ok) throw requestError(response, json(await response.text()));
    return response.body;
  } catch (failure) {
    throw failure instanceof RequestError ? failure : new RequestError(0, {title: failure.message});
  } finally {
    clearTimeout(timer);
  }
}

async function exchange(url, options) {
  try {
    const response = await fetch(url, {cache: 'no-store', credentials: 'omit', ...options});
    return {response, text: await response.text()};
  } catch (failure) {
    throw new RequestError(0, {title: failure.message});
  }
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestError(response, body) {
  const hasProblem = isProblem(response, body);
  return new RequestError(response.status, hasProblem ? body : {}, hasProblem);
}

const isProblem = (response, body) =>
  (response.headers.get('Content-Type') ?? '').startsWith('application/problem+json') && typeof body === 'object' && body !== null;
