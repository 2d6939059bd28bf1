// Places one order, exactly once.

import {Submission} from './submission.js';

/** The server keeps the idempotency key of an order for one day. */
const RETRY_FOR = 20 * 3_600_000;

const accepted = (response) => (Number.isInteger(response?.acceptanceResult?.tradeNo) ? response.acceptanceResult : null);

/** The result is the accepted order. */
export class OrderSubmission extends Submission {
  constructor(options) {
    super({kind: 'pending-order', retryFor: RETRY_FOR, result: accepted, ...options});
  }
}
