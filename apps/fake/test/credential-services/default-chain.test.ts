import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeCore, serve } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";
import { chainEnvironment } from "./support/chain-environment.ts";
import { makeClientHome } from "./support/client-home.ts";
import { CREDENTIAL_SOURCES } from "./support/credential-sources.ts";
import { CHAIN_CLIENTS, useChainClients } from "./support/run-chain-client.ts";

const SESSION_SECONDS = 200;
/** When the sessions have ended; from five minutes on the SDKs would set their clock back by the server's `Date`. */
const AFTER_SESSION_MS = (SESSION_SECONDS + 40) * 1000;

const runChainClients = useChainClients();

const ASKED_FOR_CLAUDE: ReadonlySet<string> = new Set(["anthropic-aws", "bedrock", "mantle"]);

const entriesOf = (fake: FakeCore) => fake.journal.snapshot().exchanges;

describe("the default chain", () => {
  test.each(CREDENTIAL_SOURCES)(
    "signs for every client through $name, and renews what has ended",
    async ({ files, environment, asks, arn }) => {
      let aheadMs = 0;
      const fake = createFakeCore({
        sessionSeconds: SESSION_SECONDS,
        workspaces: [WORKSPACE_ID],
        now: () => new Date(Date.now() + aheadMs),
      });
      const server = await serve(fake, { port: 0 });
      const home = await makeClientHome(files);
      try {
        const results = await runChainClients({
          environment: { ...chainEnvironment(server.url, home.path), ...environment(server.url, home.path) },
          clockAheadMs: [0, AFTER_SESSION_MS],
          onTurn: (ms) => (aheadMs = ms),
        });
        const key = { value: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) };
        const caller = { value: expect.stringMatching(arn) };
        const message = { value: "assistant" };

        expect(results).toEqual({
          "aws-chain": [key, key],
          sts: [caller, caller],
          "anthropic-aws": [message, message],
          "anthropic-bedrock": [message, message],
          "anthropic-bedrock-mantle": [message, message],
          "bedrock-runtime": [message, message],
        });
        expect(results["aws-chain"]?.[0]?.value).not.toBe(results["aws-chain"]?.[1]?.value);

        const asked = entriesOf(fake).filter(({ provider }) => !ASKED_FOR_CLAUDE.has(provider));
        const names = new Set(asked.map(({ provider, operation }) => `${provider} ${operation}`));
        expect(names).toEqual(new Set([...asks, "sts GetCallerIdentity"]));

        const claude = entriesOf(fake).filter(({ provider }) => ASKED_FOR_CLAUDE.has(provider));
        const keys = claude.map(({ caller: verified }) => verified?.accessKeyId);
        expect(claude.map(({ reply }) => reply.status)).toEqual(claude.map(() => 200));
        expect(claude).toHaveLength(2 * (CHAIN_CLIENTS.length - 2));
        expect(keys).toEqual(keys.map(() => expect.stringMatching(/^ASIA/)));
        // No client went on with what had ended.
        expect(new Set(keys).size).toBe(claude.length);
      } finally {
        await Promise.all([server.close(), home.remove()]);
      }
    },
  );
});
