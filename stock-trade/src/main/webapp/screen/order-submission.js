// Places one order, once.

import {Submission} from './submission.js';

/** The server keeps the key of an order for a day. */
const RETRY_FOR = 20 * 3_600_000;

const accepted = (answer) => (Number.isInteger(answer?.acceptanceResult?.tradeNo) ? answer.acceptanceResult : null);

/** Its result is the order as accepted. */
export class OrderSubmission extends Submission {
  constructor(options) {
    super({kind: 'pending-order', retryFor: RETRY_FOR, result: accepted, ...options});
  }
}
