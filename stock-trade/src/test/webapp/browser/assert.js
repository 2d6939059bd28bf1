// The subset of node:assert/strict that the tests use.

const text = (value) => JSON.stringify(value, (key, part) => {
  if (typeof part === 'bigint') return `${part}n`;
  return part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part;
});

const check = (holds, message) => {
  if (!holds) throw new Error(message);
};

export default {
  ok: (value) => check(value, `${value} is not true`),
  equal: (actual, expected) => check(Object.is(actual, expected), `${text(actual)} is not ${text(expected)}`),
  deepEqual: (actual, expected) => check(text(actual) === text(expected), `${text(actual)} is not ${text(expected)}`),
  rejects: (promise) => promise.then(() => check(false, 'not rejected'), () => {}),
};
