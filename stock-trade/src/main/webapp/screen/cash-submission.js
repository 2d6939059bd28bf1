// Books one deposit or withdrawal, exactly once.

import {Submission} from './submission.js';

const booked = (response) => (Number.isInteger(response?.movementNo) ? response : null);

/** The result is the booked movement. The server keeps the idempotency key forever. */
export class CashSubmission extends Submission {
  constructor(options) {
    super({kind: 'pending-cash', retryFor: Infinity, result: booked, ...options});
  }
}
