// The subset of node:test that the tests use. Runs the tests one after another and collects the results.

const tests = [];

export default function test(name, body) {
  tests.push({name, body});
}

/** Runs all declared tests; resolves with `{name, failure}` of each; `failure` is null if it passed. */
export async function run() {
  const results = [];
  for (const {name, body} of tests) {
    const failure = await Promise.race([attempt(body), timeout()]);
    results.push({name, failure});
  }
  return results;
}

const attempt = async (body) => {
  try {
    await body();
    return null;
  } catch (error) {
    return String(error.stack ?? error);
  }
};

const timeout = () => new Promise((resolve) => setTimeout(() => resolve('not finished after 5 s'), 5_000));
