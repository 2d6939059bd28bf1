// Books one deposit or withdrawal, once.

import {Submission} from './submission.js';

const booked = (answer) => (Number.isInteger(answer?.movementNo) ? answer : null);

/** Its result is the movement as booked. The server keeps its key for ever. */
export class CashSubmission extends Submission {
  constructor(options) {
    super({kind: 'pending-cash', retryFor: Infinity, result: booked, ...options});
  }
}
