import { describe, expect, test } from "vitest";
import { memberOf, staticallyLoaded } from "./support/statically-loaded.ts";

/** What is loaded until a gateway listens. */
const STARTED = ["bin.ts", "start.ts", "gateway/gateway-command.ts", "gateway/run-gateway.ts"];

describe("the start of claude-on-aws gateway", () => {
  const loaded = staticallyLoaded(STARTED);
  const members = new Set(loaded.map(memberOf));

  test("loads the gateway", () => {
    expect([...members]).toEqual(expect.arrayContaining(["apps/cli", "apps/gateway", "packages/fetch"]));
  });

  test.each(["apps/fake", "msw", "jose", "postgres", "@opentelemetry", "@aws-sdk"])("loads nothing of %s", (name) => {
    expect([...members].filter((member) => member === name || member.startsWith(`${name}/`))).toEqual([]);
  });

  test("does not load what only --explain needs", () => {
    expect(loaded.filter((path) => path.includes("/explain-requests.ts"))).toEqual([]);
  });
});
