import { expect, test } from "vitest";
import { createFakeCore } from "../src/server.ts";
import { GOOD, sign, withHeader } from "./support/requests.ts";

const PATHS = ["invoke", "invoke-with-response-stream"];

test.each(PATHS)("%s needs no content-type, and no rule speaks of it", async (path) => {
  const fake = createFakeCore();
  const made = withHeader(GOOD.bedrock.request(4242), "content-type");
  const signed = await sign({ ...made, target: made.target.replace(/invoke$/, path) }, "bedrock");
  const { status } = await fake.handle({ ...signed, wire: "received" });
  const findings = fake.journal.snapshot().exchanges.at(-1)?.findings ?? [];

  expect(status).toBe(200);
  expect(findings.filter(({ rule, level }) => rule.startsWith("content-type") && level !== "pass")).toEqual([]);
});
