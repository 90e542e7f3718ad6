import { expect, test } from "vitest";
import { createFakeCore } from "../create/fake-core.ts";
import { GOOD, sign, withHeader } from "../../test/support/requests.ts";

const { service, request } = GOOD.bedrock;

async function ask(name: string, value: string): Promise<{ readonly status: number; readonly text: string }> {
  const signed = await sign(withHeader(request(4242), name, value), service);
  const { status, body } = await createFakeCore().handle({ ...signed, wire: "received" });
  return { status, text: body instanceof Uint8Array ? new TextDecoder().decode(body) : "" };
}

test.each([
  ["X-Amzn-Bedrock-Trace", "ENABLED"],
  ["x-amzn-bedrock-guardrailidentifier", ""],
  ["x-amzn-bedrock-guardrailidentifier", "abc123"],
  ["x-amzn-bedrock-guardrailidentifier", "arn:aws:bedrock:us-east-1:123456789012:guardrail/abc123"],
  ["x-amzn-bedrock-guardrailversion", "DRAFT"],
  ["x-amzn-bedrock-guardrailversion", "12"],
  ["x-amzn-bedrock-performanceconfig-latency", "optimized"],
  ["x-amzn-bedrock-service-tier", "flex"],
  ["x-amzn-bedrock-something-new", "yes"],
])("%s may be %j", async (name, value) => {
  expect((await ask(name, value)).status).toBe(200);
});

test.each([
  ["X-Amzn-Bedrock-Trace", "MAYBE", "'trace'"],
  ["x-amzn-bedrock-guardrailidentifier", "BAD!!", "'guardrailIdentifier'"],
  ["x-amzn-bedrock-guardrailversion", "0", "'guardrailVersion'"],
  ["x-amzn-bedrock-performanceconfig-latency", "fast", "Member must satisfy enum value set: [standard, optimized]"],
  ["x-amzn-bedrock-service-tier", "gold", "Member must satisfy enum value set: [priority, default, flex, reserved]"],
])("%s may not be %j", async (name, value, says) => {
  const { status, text } = await ask(name, value);

  expect(status).toBe(400);
  expect(text).toContain(`1 validation error detected: Value '${value}' at `);
  expect(text).toContain(says);
});
