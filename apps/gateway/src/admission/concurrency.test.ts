import { soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, constantFrom, nat, oneof, property, record } from "fast-check";
import { expect, test } from "vitest";
import type { Caller } from "../terms/caller.ts";
import { isOwnRefusal } from "../terms/own-refusal.ts";
import { createConcurrency } from "./concurrency.ts";

const caller = (name: string, maxConcurrent: number | null, proof: Caller["proof"] = "token"): Caller => ({
  name,
  proof,
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent },
  ownKey: null,
});

test("lets in as many as a caller may have, whatever others have", () => {
  const concurrency = createConcurrency();
  const [a, other] = [caller("a", 2), caller("a", 2, "jwt")];
  const [first, second, third] = [concurrency.enter(a), concurrency.enter(a), concurrency.enter(a)];
  expect([typeof first, typeof second]).toEqual(["function", "function"]);
  expect(third).toMatchObject({ code: "TOO_MANY_AT_ONCE", status: 429, headers: [["retry-after", "1"]] });
  expect(typeof concurrency.enter(other)).toBe("function");
});

test("never counts more or less than what is under way", () => {
  const steps = array(
    oneof(
      record({ do: constantFrom("enter" as const), caller: constantFrom("a", "b"), max: constantFrom(1, 3, null) }),
      record({ do: constantFrom("leave" as const), index: nat(20) }),
    ),
    { maxLength: 60 },
  );
  const holds = property(steps, (given) => {
    const concurrency = createConcurrency();
    const inside: { readonly name: string; readonly leave: () => void; isIn: boolean }[] = [];
    const under = (name: string): number => inside.filter((each) => each.isIn && each.name === name).length;
    for (const step of given) {
      if (step.do === "enter") {
        const entered = concurrency.enter(caller(step.caller, step.max));
        expect(isOwnRefusal(entered)).toBe(step.max !== null && under(step.caller) >= step.max);
        if (!isOwnRefusal(entered)) inside.push({ name: step.caller, leave: entered, isIn: true });
      } else {
        // Left twice, it is left once.
        const one = inside[step.index];
        one?.leave();
        if (one !== undefined) one.isIn = false;
      }
      for (const name of ["a", "b"]) expect(concurrency.underWay(caller(name, null))).toBe(under(name));
    }
  });
  assert(holds, soakProperty(5_000, 200));
});
