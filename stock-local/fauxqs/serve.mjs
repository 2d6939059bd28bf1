// SNS and SQS, in memory, on 127.0.0.1 only: `node serve.mjs PORT`. Ends when standard input does, so that it cannot
// outlive whoever started it. fauxqs's own start listens on every interface.
import { register } from "node:module";

// fauxqs loads node:sqlite for a persistence that is off here; Node.js 20 has no such module.
const hooks = `
  const stub = "data:text/javascript,export class DatabaseSync {}";
  export const resolve = (name, context, next) =>
    name === "node:sqlite" ? { url: stub, shortCircuit: true } : next(name, context);`;
register("data:text/javascript," + encodeURIComponent(hooks));

const { buildApp } = await import("fauxqs");

const app = buildApp({ logger: false, defaultRegion: "ap-northeast-1" });

// fauxqs knows nothing of MessageStructure=json and would deliver all the texts at once: a queue gets the one under
// "sqs", or else the one under "default", which SNS wants to be there.
app.addHook("preHandler", async ({ body }) => {
  for (const key of Object.keys(body ?? {}).filter((name) => /(^|\.)MessageStructure$/.test(name) && body[name] === "json")) {
    const message = key.replace(/MessageStructure$/, "Message");
    const texts = JSON.parse(body[message]);
    if (typeof texts.default !== "string") {
      throw new Error("no default text in " + message);
    }
    body[message] = texts.sqs ?? texts.default;
  }
});

await app.listen({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
});

process.stdin.on("end", () => process.exit(0)).resume();
