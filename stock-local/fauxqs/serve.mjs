// In-memory SNS and SQS on 127.0.0.1 only: `node serve.mjs PORT`. Exits when standard input is closed, so that it does not
// outlive its parent process. The start script of fauxqs would listen on all interfaces.
import { register } from "node:module";

// fauxqs imports node:sqlite for its persistence, which is off here; Node.js 20 does not have this module.
const hooks = `
  const stub = "data:text/javascript,export class DatabaseSync {}";
  export const resolve = (name, context, next) =>
    name === "node:sqlite" ? { url: stub, shortCircuit: true } : next(name, context);`;
register("data:text/javascript," + encodeURIComponent(hooks));

const { buildApp } = await import("fauxqs");

const app = buildApp({ logger: false, defaultRegion: "ap-northeast-1" });

// fauxqs does not support MessageStructure=json and would deliver the whole JSON. A queue gets the text under "sqs", or
// the one under "default", which SNS requires.
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
