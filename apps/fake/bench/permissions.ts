/**
 * What permissions cost: microseconds of a signed request handled in process,
 * without principals, as the administrator, and as a principal with policies.
 *
 * ```sh
 * node apps/fake/bench/permissions.ts
 * bun apps/fake/bench/permissions.ts
 * deno run -A apps/fake/bench/permissions.ts
 * ```
 */
import { checkPermission } from "../src/authorize/check-permission.ts";
import type { Exchange } from "../src/exchange/exchange.ts";
import { route } from "../src/route/route.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../src/server.ts";
import { GOOD, sign } from "../test/support/requests.ts";
import { median } from "./median.ts";

const ROUNDS = 9;
const REQUESTS = 2000;
const CALLS = 1_000_000;

const mine = { name: "alice", credentials: [EXAMPLE_CREDENTIALS] };
const CASES: Readonly<Record<string, FakeOptions>> = {
  "no principals": {},
  "the administrator beside one": {
    credentials: [EXAMPLE_CREDENTIALS],
    principals: [{ name: "alice", apiKeys: ["k"], policies: [] }],
  },
  "a managed policy": { principals: [{ ...mine, policies: ["AnthropicFullAccess", "AmazonBedrockLimitedAccess"] }] },
  "ten managed policies, and a boundary": {
    principals: [
      {
        ...mine,
        policies: [
          ...Array.from({ length: 9 }, () => "AnthropicReadOnlyAccess"),
          { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
        ],
        boundary: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      },
    ],
  },
};

for (const provider of ["anthropic-aws", "bedrock"] as const) {
  const { service, request } = GOOD[provider];
  const signed = { ...(await sign(request(4242), service)), wire: "received" as const };
  const results = new Map<string, number[]>(Object.keys(CASES).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [name, options] of Object.entries(CASES)) {
      const core = createFakeCore(options);
      const start = performance.now();
      for (let sent = 0; sent < REQUESTS; sent++) await core.handle(signed);
      // The first round warms up.
      if (round > 0) results.get(name)?.push(((performance.now() - start) * 1000) / REQUESTS);
    }
  }
  for (const [name, times] of results) console.log(`${provider}, ${name}: ${median(times).toFixed(1)} µs a request`);
}

const { settings, state } = createFakeCore();
const received = { ...GOOD["anthropic-aws"].request(4242), wire: "received" as const };
const caller = { kind: "sigv4", accessKeyId: EXAMPLE_CREDENTIALS.accessKeyId } as const;
const exchange: Exchange = {
  id: "1",
  receivedAt: new Date(),
  request: received,
  route: route(received),
  checked: [],
  caller,
};
const times: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  for (let call = 0; call < CALLS; call++) checkPermission(exchange, settings, state);
  times.push(((performance.now() - start) * 1_000_000) / CALLS);
}
console.log(`the check itself without principals: ${median(times).toFixed(1)} ns`);
