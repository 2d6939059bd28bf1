// What an operator reads of a request that failed.

import {language, texts, yen} from './texts.js';

/** The text for a Refusal. */
export function explained({status, word, problem, message}) {
  if (word === 'insufficient-funds') return texts.noCash(yen(BigInt(problem.required)), yen(BigInt(problem.available)));
  // The service names what is left in it, in English.
  if (word === 'account-not-empty' && language === 'en') return texts.refused(message);
  if (texts.operatorProblems[word]) return texts.operatorProblems[word];
  return status === 0 || status >= 500 ? texts.tryAgain : texts.refused(message);
}
