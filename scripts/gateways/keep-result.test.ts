import { GATEWAY_CHECKS } from "../../apps/fake/src/gateway-checks.ts";
import { expect, test } from "vitest";
import { keepResult } from "./keep-result.ts";

const [check] = GATEWAY_CHECKS;

test("keepResult() leaves out what differs from run to run", () => {
  const found =
    '127.0.0.1:4242 said "‹36 characters #5cc8›" and req_01WfVmKKW2rP5UM4v7626Ztx to check-ABCDEFGHIJKLMNOPQRST';

  expect(check && keepResult({ ...check, verdict: "broken", found, expected: "else" })).toEqual({
    id: "signed-for-aws",
    verdict: "broken",
    found: '127.0.0.1:… said "‹36 characters›" and req_… to check-…',
  });
});

test("keepResult() keeps why something was not asked", () => {
  expect(check && keepResult({ ...check, verdict: "not-applicable", reason: "no route" })).toEqual({
    id: "signed-for-aws",
    verdict: "not-applicable",
    reason: "no route",
  });
});
