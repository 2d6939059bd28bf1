// As much of node:test as the tests use: runs each after the other and keeps what became of it.

const tests = [];

export default function test(name, body) {
  tests.push({name, body});
}

/** Runs all that were declared; resolves with `{name, failure}` of each, without a failure if it passed. */
export async function run() {
  const results = [];
  for (const {name, body} of tests) {
    const failure = await Promise.race([attempt(body), late()]);
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

const late = () => new Promise((resolve) => setTimeout(() => resolve('not finished after 5 s'), 5_000));
