// Texts for failed requests, by problem type.

import {texts, yen} from './texts.js';

/** The text for a RequestError; `specific` texts by problem type take precedence. */
export function problemText({status, problemType, message}, specific = {}) {
  const text = specific[problemType] ?? texts.problems[problemType];
  if (text) return text;
  return status === 0 || status >= 500 ? texts.unavailable : texts.rejected(message, status);
}

/** The text for an operator's request. */
export function operatorProblemText(error) {
  const {problemType, problem} = error;
  if (problemType === 'insufficient-funds') return texts.noCash(yen(BigInt(problem.required)), yen(BigInt(problem.available)));
  return problemText(error, texts.operatorProblems);
}

/** The text for one invalid field of a request: `{pointer, detail}`, as `[field name, text]`. */
export function fieldError({pointer, detail}) {
  const name = (pointer ?? '').slice(1);
  return [name, texts.rules[name] ?? texts.invalid(detail)];
}
