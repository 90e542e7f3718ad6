import { GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
import { shareOf } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { LONG_CHECKS } from "./long-checks.ts";
import { MUTANTS } from "./mutants.ts";
import { runChecks } from "./run-checks.ts";

/** What takes long finds what others find: it is asked only where it has to find something. */
const othersOf = (id: string): readonly string[] => {
  const group = GATEWAY_CHECKS.find((check) => check.id === id)?.group;
  const ids = GATEWAY_CHECKS.filter((check) => check.group === group).map((check) => check.id);
  return ids.filter((each) => each !== id && !LONG_CHECKS.includes(each));
};

/** What each must not break. Each is asked on one runtime; what it has to break, on all of them. */
const OTHERS = MUTANTS.flatMap(({ does, breaks, isAlone }) =>
  (isAlone === true ? [] : othersOf(breaks)).map((other) => ({ does, other })),
);
const SHARE = shareOf(OTHERS);

describe(`checkGateway(), asked ${SHARE.length} of ${OTHERS.length} times for what is kept, of a gateway that`, () => {
  test.each(MUTANTS)("$does finds $breaks, and nothing else", async ({ does, to, breaks, mutate }) => {
    const others = SHARE.filter((each) => each.does === does).map(({ other }) => other);
    const { checks } = await runChecks(to, mutate, [breaks, ...others]);

    expect(checks).toHaveLength(1 + others.length);
    expect(checks.filter(({ verdict }) => verdict === "broken").map(({ id }) => id)).toEqual([breaks]);
  });

  test("is wrong in any way: each check has one", () => {
    expect(MUTANTS.map(({ breaks }) => breaks).toSorted()).toEqual(GATEWAY_CHECKS.map(({ id }) => id).toSorted());
  });
});
