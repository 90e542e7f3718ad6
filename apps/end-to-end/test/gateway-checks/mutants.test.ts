import { GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
import { describe, expect, test } from "vitest";
import { MUTANTS } from "./mutants.ts";
import { runChecks } from "./run-checks.ts";

/** They take long, and find what others find: asked only where they have to find something. */
const LONG: readonly string[] = ["long-body-forwarded", "stream-odd-pieces", "stream-many-at-once"];

const groupOf = (id: string): readonly string[] => {
  const group = GATEWAY_CHECKS.find((check) => check.id === id)?.group;
  const ids = GATEWAY_CHECKS.filter((check) => check.group === group).map((check) => check.id);
  return ids.filter((each) => each === id || !LONG.includes(each));
};

describe("checkGateway() of a gateway that", () => {
  test.each(MUTANTS)("$does finds $breaks, and nothing else", async ({ to, breaks, mutate, isAlone }) => {
    const { checks } = await runChecks(to, mutate, isAlone === true ? [breaks] : groupOf(breaks));

    expect(checks.filter(({ verdict }) => verdict === "broken").map(({ id }) => id)).toEqual([breaks]);
  });

  test("is wrong in any way: each check has one", () => {
    expect(MUTANTS.map(({ breaks }) => breaks).toSorted()).toEqual(GATEWAY_CHECKS.map(({ id }) => id).toSorted());
  });
});
