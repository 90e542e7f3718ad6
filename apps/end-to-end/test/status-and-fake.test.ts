import { resolveConfig } from "@claude-on-aws/env";
import { createFakeCore, serve } from "@claude-on-aws/fake/server";
import { planRequest } from "@claude-on-aws/fetch";
import { Random, soakLength } from "@claude-on-aws/fixtures";
import { expect, test } from "vitest";
import { CREDENTIALS, makeConfiguration } from "./support/random-configuration.ts";
import { createSender, writePlanned } from "./support/send-planned.ts";

const CONFIGURATIONS = soakLength(10_000, 400);

/** Every mistake that a configuration of the generator can hold. */
const FORESEEN = [
  "AUTHENTICATION_MISSING",
  "BASE_URL_HAS_V1",
  "BASE_URL_OF_OTHER_REGION",
  "BOTH_AUTH_HEADERS",
  "KEY_MALFORMED",
  "KEY_OF_WRONG_FAMILY",
  "MODEL_ARN_INVALID",
  "MODEL_NEEDS_PROFILE",
  "MODEL_OF_OTHER_PROVIDER",
  "MODEL_UNKNOWN",
  "PROFILE_NOT_IN_REGION",
  "SERVICE_TIER_UNKNOWN",
  "SESSION_TOKEN_MISSING",
  "SESSION_TOKEN_UNEXPECTED",
  "WORKSPACE_ID_MALFORMED",
];

test(`of ${CONFIGURATIONS} configurations, the fake refuses those of which it was foreseen, and as it was foreseen`, async () => {
  const random = new Random(20_261_129);
  const server = await serve(createFakeCore({ credentials: CREDENTIALS }), { port: 0 });
  const sender = createSender(Number(new URL(server.url).port));
  const seen = new Map<string, number>();
  const wrong: unknown[] = [];
  let [sent, refused] = [0, 0];
  try {
    for (let made = 0; made < CONFIGURATIONS; made += 1) {
      const { env, model } = makeConfiguration(random);
      const { request, problems } = planRequest(resolveConfig({ env }), { model });
      if (request === null) continue;
      const foreseen = problems.filter(({ refusal }) => refusal !== undefined);
      for (const { code } of foreseen) seen.set(code, (seen.get(code) ?? 0) + 1);
      const { status, type } = await sender.send(await writePlanned(request));
      sent += 1;
      if (status !== 200) refused += 1;
      const expected = foreseen[0]?.refusal ?? { status: 200, type: undefined };
      if (status !== expected.status || type !== expected.type) {
        wrong.push({ env, model, codes: foreseen.map(({ code }) => code), expected, status, type });
      }
    }
  } finally {
    sender.close();
    await server.close();
  }

  expect(wrong.slice(0, 5)).toEqual([]);
  expect(refused / sent).toBeGreaterThan(0.3);
  expect(refused / sent).toBeLessThan(0.7);
  expect([...seen.keys()].toSorted()).toEqual(FORESEEN);
  expect(Math.min(...seen.values())).toBeGreaterThanOrEqual(soakLength(50, 2));
}, 120_000);
