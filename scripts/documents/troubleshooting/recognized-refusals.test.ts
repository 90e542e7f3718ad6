import { expect, test } from "vitest";
import { recognizeRefusal } from "../../../apps/cli/src/refusals/recognize-refusal.ts";
import type { FaultName } from "../../../apps/fake/src/terms/faults.ts";
import { askRefusals } from "./ask-refusals.ts";

/** What a service says in the same words, or in none of its own that are known, and what it is then taken for. */
const ALIKE: Readonly<Partial<Record<FaultName, readonly FaultName[]>>> = {
  "api-key-malformed": ["api-key-unknown"],
  "model-access-denied": ["model-unknown"],
  "capability-missing": ["body-invalid"],
  "model-error": ["internal"],
  billing: ["access-denied"],
};

const refusals = await askRefusals();

test("each refusal of the services is recognized by what a client sees of it", () => {
  const wrong = refusals.flatMap(({ example, provider, status, type, words }) => {
    const { name, diagnosis } = recognizeRefusal({ status, type, message: words }, example.name.startsWith("api-key"));
    const isRight = name === example.name || ALIKE[example.name]?.includes(name) === true;
    const isDiagnosed = diagnosis === undefined || diagnosis === example.code;
    return isRight && isDiagnosed ? [] : [{ provider, expected: example.name, name, diagnosis, status, type, words }];
  });

  expect(wrong).toEqual([]);
});

test("what is said in the same words as something else is so indeed", () => {
  const taken = new Set(
    refusals.flatMap(({ example, status, type, words }) => {
      const { name } = recognizeRefusal({ status, type, message: words }, example.name.startsWith("api-key"));
      return name === example.name ? [] : [`${example.name}: ${name}`];
    }),
  );

  expect(taken).toEqual(
    new Set(Object.entries(ALIKE).flatMap(([name, others]) => others.map((other) => `${name}: ${other}`))),
  );
});
