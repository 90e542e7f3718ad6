import { describe, expect, test } from "vitest";
import { createFakeCore } from "../../server.ts";
import type { ScenarioFault } from "../../settings/scenario/scenario-fault.ts";
import { FAULT_KINDS } from "../faults/fault-kinds.ts";
import { parseScenario } from "./parse-scenario.ts";

/** One of each kind, with everything that it takes. */
const EVERY: readonly ScenarioFault[] = [
  { kind: "reset", afterEvents: 3, probability: 0.5, seed: 7, times: 2 },
  { kind: "cut", afterBytes: 10 },
  { kind: "stall", afterEvents: 0 },
  { kind: "drip", bytes: 1, everyMs: 0.5 },
  { kind: "slice", maxBytes: 3 },
  { kind: "proxy-page", status: 503 },
  { kind: "content-type", value: "text/html" },
  { kind: "bad-checksum", afterEvents: 2, of: "prelude" },
  { kind: "exception", afterEvents: 2, name: "overloaded_error", message: "Busy" },
  { kind: "unknown-event", afterEvents: 2, name: "new" },
  { kind: "duplicate-event", afterEvents: 2 },
  { kind: "unfinished", afterEvents: 2 },
  { kind: "truncated-frame", afterEvents: 2 },
  { kind: "throttle", retryAfterSeconds: 1, message: "Slow down", headers: { "x-should-retry": "true" } },
  { kind: "overload", retryAfterSeconds: 1, message: "Busy", headers: {} },
  { kind: "error", name: "internal", status: 500, message: "No", retryAfterSeconds: 0, headers: {} },
  { kind: "expired-credentials" },
  { kind: "clock-skew", minutes: -20 },
  { kind: "rotated-key" },
  { kind: "revoked-workspace" },
  { kind: "denied-region" },
  { kind: "withdrawn-model" },
  { kind: "rewritten-header", header: "host", value: "x.internal" },
];

const withFault = (fault: unknown): string => JSON.stringify({ replies: [{ fault }] });

describe("a fault in a scenario", () => {
  test("is read with every parameter of every kind", () => {
    for (const { parameters, ...row } of Object.values(FAULT_KINDS)) {
      expect(row.does).not.toBe("");
      expect(Object.values(parameters).every(({ does }) => does !== "")).toBe(true);
    }
    const given = new Map(EVERY.map((fault) => [fault.kind, fault]));
    expect([...given.keys()]).toEqual(Object.keys(FAULT_KINDS));
    for (const fault of EVERY) {
      expect(parseScenario(withFault(fault)).replies).toEqual([{ fault }]);
      // What a kind takes beside that excludes each other.
      const taken = Object.keys(FAULT_KINDS[fault.kind].parameters).filter(
        (name) => name !== "afterEvents" && name !== "afterBytes",
      );
      expect(Object.keys(fault)).toEqual(expect.arrayContaining(taken));
    }
    expect(parseScenario(withFault(EVERY)).replies).toEqual([{ fault: EVERY }]);
  });

  test.each<[code: string, path: string, message: string, fault: unknown]>([
    ["SCENARIO_VALUE", "replies[0].fault", "expected an object", "reset"],
    ["SCENARIO_VALUE", "replies[0].fault", "not empty", []],
    ["SCENARIO_VALUE", "replies[0].fault.kind", "one of reset, cut", {}],
    ["SCENARIO_VALUE", "replies[0].fault.kind", "did you mean throttle?", { kind: "trottle" }],
    ["SCENARIO_VALUE", "replies[0].fault[1].kind", "did you mean stall?", [{ kind: "reset" }, { kind: "stal" }]],
    ["SCENARIO_VALUE", "replies[0].fault.kind", "one of", { kind: "__proto__" }],
    ["SCENARIO_KEY", "replies[0].fault", "did you mean retryAfterSeconds?", { kind: "throttle", retryAfter: 1 }],
    ["SCENARIO_KEY", "replies[0].fault", "no other keys", { kind: "reset", name: "x" }],
    ["SCENARIO_VALUE", "replies[0].fault.probability", "from 0 to 1", { kind: "reset", probability: 50 }],
    ["SCENARIO_VALUE", "replies[0].fault.seed", "a whole number from 0", { kind: "reset", seed: 0.5 }],
    ["SCENARIO_VALUE", "replies[0].fault.times", "a whole number from 1", { kind: "reset", times: 0 }],
    ["SCENARIO_VALUE", "replies[0].fault", "keep one of afterEvents", { kind: "cut", afterEvents: 1, afterBytes: 1 }],
    ["SCENARIO_VALUE", "replies[0].fault.bytes", "a whole number from 1", { kind: "drip", bytes: 0 }],
    ["SCENARIO_VALUE", "replies[0].fault.status", "from 500 to 599", { kind: "proxy-page", status: 404 }],
    ["SCENARIO_VALUE", "replies[0].fault.value", "", { kind: "content-type", value: "a\r\nb: c" }],
    ["SCENARIO_VALUE", "replies[0].fault.of", "one of message, prelude", { kind: "bad-checksum", of: "frame" }],
    ["SCENARIO_VALUE", "replies[0].fault.name", "throttlingException?", { kind: "exception", name: "throttling" }],
    ["SCENARIO_VALUE", "replies[0].fault.status", "from 400 to 599", { kind: "error", status: 200 }],
    ["SCENARIO_VALUE", "replies[0].fault.minutes", "other than 0", { kind: "clock-skew", minutes: 0 }],
    ["SCENARIO_VALUE", "replies[0].fault.header", "", { kind: "rewritten-header", header: "a b" }],
  ])("is refused with %s at «%s»: %s", (code, path, message, fault) => {
    const read = (): unknown => parseScenario(withFault(fault));
    expect(read).toThrow(expect.objectContaining({ code, path, message: expect.stringContaining(message) }));
    // What is given in code is read as well.
    expect(() => createFakeCore({ scenario: { replies: [{ fault: fault as ScenarioFault }] } })).toThrow(
      expect.objectContaining({ code, path }),
    );
  });
});
