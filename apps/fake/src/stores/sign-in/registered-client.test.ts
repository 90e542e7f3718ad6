import fc from "fast-check";
import { soakProperty } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { parseClientId, registerClient } from "./registered-client.ts";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("parseClientId()", () => {
  test("reads what was registered, whatever it was", () => {
    const texts = fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.record({
          clientName: fc.string({ unit: "grapheme" }),
          refreshes: fc.boolean(),
          grantTypes: fc.option(texts, { nil: undefined }),
          redirectUris: texts,
        }),
        fc.date({ min: new Date(0), max: new Date("9000-01-01T00:00:00Z"), noInvalidDate: true }),
        (registration, now) => {
          const client = registerClient(registration, now);

          expect(parseClientId(client.clientId)).toEqual(client);
          expect(client).toMatchObject(registration);
        },
      ),
      soakProperty(10_000, 300),
    );
  });

  test.each([
    "",
    "unknown",
    "a b",
    "x".repeat(10_000),
    encode({}),
    encode(["a", true, null, []]),
    encode(["a", true, null, [1], 0, "salt"]),
    encode(["a", true, "authorization_code", [], 0, "salt"]),
    encode(["a", 1, null, [], 0, "salt"]),
    encode(["a", true, null, [], 1e300, "salt"]),
    encode(["x".repeat(257), true, null, [], 0, "salt"]),
    encode([null, true, null, [], 0, "salt"]),
  ])("knows no client of %.60s", (clientId) => {
    expect(parseClientId(clientId)).toBeUndefined();
  });
});
