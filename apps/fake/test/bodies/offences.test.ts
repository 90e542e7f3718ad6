import { seededRandom, soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore } from "../../src/server.ts";
import { keyedRequest } from "../support/keyed-request.ts";
import { CONVERSE_TARGETS, converseBody, type Json, messagesBody, type Target } from "./base-bodies.ts";
import { OFFENCES } from "./offences.ts";

/** Bodies of each kind; each has a twin. */
const BODIES = soakLength(240, 84);

const MODEL_PATH = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0";

const COUNT_PATH = "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens";

const PATHS: Readonly<Record<Target, string>> = {
  "anthropic-aws": "/v1/messages",
  mantle: "/anthropic/v1/messages",
  invoke: `${MODEL_PATH}/invoke`,
  "count-tokens": COUNT_PATH,
  "converse-counted": COUNT_PATH,
  converse: `${MODEL_PATH}/converse`,
  "converse-stream": `${MODEL_PATH}/converse-stream`,
};

const fake = createFakeCore();

const encodeBase64 = (text: string): string => Buffer.from(text).toString("base64");

/** Wraps a body that is only counted. */
const COUNTED: Partial<Record<Target, (text: string) => string>> = {
  "count-tokens": (text) => JSON.stringify({ input: { invokeModel: { body: encodeBase64(text) } } }),
  "converse-counted": (text) => `{"input":{"converse":${text}}}`,
};

/** The status of the answer, and what it says where it is a refusal. */
async function send(target: Target, { "#beta": beta, ...body }: Json): Promise<readonly [number, string]> {
  const text = JSON.stringify(body);
  const headers = typeof beta === "string" ? { "anthropic-beta": beta } : {};
  const reply = await fake.handle(keyedRequest(PATHS[target], COUNTED[target]?.(text) ?? text, headers));
  if (reply.status === 200) return [200, ""];
  if (!(reply.body instanceof Uint8Array)) throw new Error("A refusal streams");
  const answer = JSON.parse(new TextDecoder().decode(reply.body)) as { message?: string; error?: { message: string } };
  return [reply.status, answer.message ?? answer.error?.message ?? ""];
}

const isConverse = (target: Target): target is (typeof CONVERSE_TARGETS)[number] =>
  CONVERSE_TARGETS.some((name) => name === target);

const make = (random: () => number, target: Target): Json =>
  isConverse(target) ? converseBody(random) : messagesBody(random, target);

describe.each(OFFENCES)("$name", ({ targets, commit, excuse }) => {
  test(`is refused ${BODIES} times in these words, and its twin is answered`, async () => {
    const random = seededRandom(13);
    for (let index = 0; index < BODIES; index++) {
      const target = targets[index % targets.length] as Target;
      const good = make(random, target);
      const bad = structuredClone(good);
      const words = commit(bad, random, target);
      excuse?.(good, random, target);

      expect({ bad, answer: await send(target, bad) }).toEqual({ bad, answer: [400, words] });
      expect({ good, answer: await send(target, good) }).toEqual({ good, answer: [200, ""] });
    }
  });
});
