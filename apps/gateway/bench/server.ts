/**
 * What is measured, a process of its own: the floor or the gateway, before an upstream. Prints its port, and for each line that it reads
 * what it has used until then.
 *
 * Usage: server.ts floor|gateway UPSTREAM-URL
 */
import { createInterface } from "node:readline";
import { resolveConfig } from "@claude-on-aws/env";
import { createFetch } from "@claude-on-aws/fetch";
import { listen } from "@claude-on-aws/listen";
import { type Caller, createHandler, refuse } from "../src/index.ts";
import { serveFloor } from "./floor.ts";
import { CREDENTIALS, REGION, TOKEN, WORKSPACE_ID } from "./terms.ts";

const CALLER: Caller = {
  name: "bench",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: 10_000 },
  ownKey: null,
};

async function serveGateway(url: string): Promise<number> {
  const config = resolveConfig({
    env: {
      CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
      ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
      ANTHROPIC_AWS_BASE_URL: url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
  });
  let lines = 0;
  const handler = createHandler({
    upstreams: [{ name: "platform", provider: "anthropic-aws", region: REGION, fetch: createFetch(config) }],
    identify: ({ headers }) =>
      headers.some(([name, value]) => name.toLowerCase() === "authorization" && value === `Bearer ${TOKEN}`)
        ? CALLER
        : refuse("AUTHENTICATION_INVALID", "Cannot take the token"),
    // A line is written for each request, to nowhere.
    audit: (record) => {
      lines += JSON.stringify(record).length;
    },
  });
  const listener = await listen(handler, { http2: false });
  process.on("exit", () => lines);
  return listener.port;
}

const [kind, url = ""] = process.argv.slice(2);
console.log(kind === "floor" ? await serveFloor(url) : await serveGateway(url));
process.on("SIGINT", () => process.exit(0));
for await (const _ of createInterface({ input: process.stdin })) {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ cpuMicroseconds: user + system, rss: process.memoryUsage().rss }));
}
// Whoever measures closes this end: behind a wrapper of a runtime, a signal reaches the wrapper alone.
process.exit(0);
