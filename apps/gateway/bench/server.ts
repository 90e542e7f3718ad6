/**
 * What is measured, a process of its own, before an upstream. Prints how it is asked, and for each line that it reads what it has used
 * until then; where that line is `collect`, behind a collection of garbage.
 *
 * - `floor`: the least that a signing proxy does
 * - `gateway`: the gateway, put together from its parts
 * - `budgets`: the same with a cap of money for each caller, kept in a PostgreSQL of its own
 * - `command`: what the command starts by default: HTTP/2 too, tokens in a file, an audit in another
 *
 * Usage: server.ts floor|gateway|budgets|command UPSTREAM-URL
 */
import { mkdtemp, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveConfig } from "@claude-on-aws/env";
import { createFetch } from "@claude-on-aws/fetch";
import { familyUsage } from "@claude-on-aws/fixtures/process-usage";
import { listen } from "@claude-on-aws/listen";
import {
  addToken,
  boundSpend,
  type Caller,
  costOf,
  createBudgetKeeper,
  createHandler,
  type GatewayParts,
  makeToken,
  refuse,
  serveGateway,
} from "../src/index.ts";
import { startPostgres } from "../test/budgets/support/start-postgres.ts";
import { serveFloor } from "./floor.ts";
import type { Target, Used } from "./server-process.ts";
import { CREDENTIALS, MODEL, REGION, TOKEN, WORKSPACE_ID } from "./terms.ts";

/** A server that runs. */
interface Serving {
  /** Where it is asked; a port alone where it is asked as everybody is. */
  readonly target: number | Target;
  /** The process of the database that it has for itself. */
  readonly storePid?: number;
  readonly close?: () => Promise<void>;
}

const CALLER: Caller = {
  name: "bench",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: 10_000 },
  ownKey: null,
};

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
};

const startGateway = async (url: string, more: Partial<GatewayParts> = {}): Promise<number> => {
  const config = resolveConfig({
    env: {
      CLAUDE_CODE_USE_ANTHROPIC_AWS: "1",
      ANTHROPIC_AWS_WORKSPACE_ID: WORKSPACE_ID,
      ANTHROPIC_AWS_BASE_URL: url,
      AWS_REGION: REGION,
      ...ENVIRONMENT,
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
    ...more,
  });
  const listener = await listen(handler, { http2: false });
  process.on("exit", () => lines);
  return listener.port;
};

const serveBudgets = async (url: string): Promise<Serving> => {
  const postgres = await startPostgres();
  const keeper = await createBudgetKeeper({
    caps: [{ name: "each of us", unit: "usd", amount: 1_000_000, window: "month", scope: "each-caller" }],
    store: postgres.address,
    // A busy machine is no store that is gone.
    storeTimeoutMs: 10_000,
  });
  const close = async (): Promise<void> => {
    await keeper.close();
    await postgres.close();
  };
  const target = await startGateway(url, { budgets: keeper, bound: boundSpend, cost: costOf });
  return { target, storePid: await postgres.pid(), close };
};

const serveCommand = async (url: string): Promise<Serving> => {
  const folder = await mkdtemp(join(tmpdir(), "gateway-bench-"));
  const tokensFile = join(folder, "tokens.json");
  const { token } = await addToken(tokensFile, { name: "bench" });
  const { port, close } = await serveGateway(
    {
      listen: { port: 0 },
      upstreams: [
        { name: "platform", provider: "anthropic-aws", region: REGION, workspaceId: WORKSPACE_ID, baseUrl: url },
      ],
      callers: { tokensFile },
      audit: { to: join(folder, "audit.jsonl") },
      drainMs: 1_000,
    },
    { token: makeToken({ name: "nobody" }).record, env: ENVIRONMENT },
  );
  return {
    target: { port, headers: { authorization: `Bearer ${token}` }, model: MODEL },
    close: async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const KINDS: Readonly<Record<string, (url: string) => Promise<Serving>>> = {
  floor: async (url) => ({ target: await serveFloor(url) }),
  gateway: async (url) => ({ target: await startGateway(url) }),
  budgets: serveBudgets,
  command: serveCommand,
};

const { Bun, gc = () => {} } = globalThis as unknown as {
  readonly Bun?: { readonly gc: (isFull: boolean) => void };
  readonly gc?: () => void;
};
const collect = (): void => (Bun === undefined ? gc() : Bun.gc(true));

function readUsage(storePid: number | undefined): Used {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const store = storePid === undefined ? {} : { storeMicroseconds: familyUsage(storePid).cpuMicroseconds };
  return { cpuMicroseconds: user + system, rss, heapUsed: heapUsed + external, ...store };
}

const [kind = "", url = ""] = process.argv.slice(2);
const serve = KINDS[kind];
if (serve === undefined) throw new Error(`Usage: server.ts ${Object.keys(KINDS).join("|")} UPSTREAM-URL`);
// Whoever measures closes the input, then everything is put away: a signal must not end this before.
process.on("SIGINT", () => {});
const { target, storePid, close } = await serve(url);
console.log(JSON.stringify(target));
for await (const line of createInterface({ input: process.stdin })) {
  if (line === "collect") collect();
  console.log(JSON.stringify(readUsage(storePid)));
}
await close?.();
process.exit(0);
