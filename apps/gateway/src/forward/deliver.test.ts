import { FetchError } from "@claude-on-aws/fetch";
import type { Header } from "@claude-on-aws/fetch";
import { describe, expect, test } from "vitest";
import { createHealth } from "../upstreams/health.ts";
import type { Upstream } from "../upstreams/upstream.ts";
import { deliver, mayHaveArrived } from "./deliver.ts";

const upstream = (name: string): Upstream =>
  ({ name, provider: "bedrock", region: "us-east-1", fetch: undefined }) as unknown as Upstream;

type Given = number | string | Error;

const answerOf = (given: number | string, onCancel: () => void) => {
  const isRefusal = typeof given === "string";
  const headers: readonly Header[] = isRefusal ? [["x-claude-on-aws-refusal", given]] : [];
  const read = (): Promise<null> => Promise.resolve(null);
  return { status: isRefusal ? 400 : given, headers, body: { read, cancel: onCancel } };
};

/** Asks upstreams that answer with a status, are refused by `fetch` with a code, or fail. */
async function ask(given: readonly Given[], canRepeat = true, health = healthy()) {
  const asked: string[] = [];
  const cancelled: string[] = [];
  const delivery = deliver({
    upstreams: given.map((_, index) => upstream(String(index))),
    health,
    canRepeat,
    signal: new AbortController().signal,
    onAsk: ({ name }) => asked.push(name),
    sendTo: async ({ name }) => {
      const what = given[Number(name)] ?? 200;
      if (what instanceof Error) throw what;
      return answerOf(what, () => cancelled.push(name));
    },
  });
  const outcome = await delivery.then(
    ({ upstream: { name }, answer: { status } }) => `${status} of ${name}`,
    (error: unknown) => (error as FetchError).code,
  );
  return { outcome, asked: asked.length, cancelled };
}

const healthy = () => createHealth({ failures: 3, pauseMs: 1000, nowMs: () => 0 });

const unreachable = new FetchError("CONNECTION_FAILED", "Cannot get an answer");
const slow = new FetchError("FIRST_BYTE_TIMEOUT", "Cannot get an answer");

describe("deliver()", () => {
  test.each<[readonly Given[], string, number]>([
    [[200, 200], "200 of 0", 1],
    [[400, 200], "400 of 0", 1],
    [[413, 200], "413 of 0", 1],
    [["BODY_KEY_REPEATED", 200], "400 of 0", 1],
    [[500, 200], "200 of 1", 2],
    [[529, 200], "200 of 1", 2],
    [[401, 200], "200 of 1", 2],
    [[403, 200], "200 of 1", 2],
    [[404, 200], "200 of 1", 2],
    [["COUNT_NOT_ON_BEDROCK", 200], "200 of 1", 2],
    [["CREDENTIALS_EXPIRED", 200], "200 of 1", 2],
    [[unreachable, 200], "200 of 1", 2],
    [[slow, unreachable, 200], "200 of 2", 3],
    // A throttle stays one, whoever else has what against the request.
    [[429, 200], "200 of 1", 2],
    [[429, 400], "429 of 0", 2],
    [[429, 500, 403], "429 of 0", 3],
    [[500, 429, 400], "429 of 1", 3],
    [[400, 429], "400 of 0", 1],
    // Of errors, the first one counts.
    [[500, 503], "500 of 0", 2],
    [[529, 400], "529 of 0", 2],
    [[unreachable, 400], "400 of 1", 2],
    [[404, 500], "500 of 1", 2],
    [["ROUTE_NOT_ON_BEDROCK", 400], "400 of 1", 2],
    [[unreachable, slow], "CONNECTION_FAILED", 2],
    [[slow, unreachable], "FIRST_BYTE_TIMEOUT", 2],
  ])("%j: %s after %i", async (given, outcome, asked) => {
    expect(await ask(given)).toMatchObject({ outcome, asked });
  });

  test("lets go of every answer that nobody gets", async () => {
    expect((await ask([500, 429, 503, 400])).cancelled.toSorted()).toEqual(["0", "2", "3"]);
    expect((await ask([500, 200])).cancelled).toEqual(["0"]);
  });

  test("sends a body that is gone to one upstream alone", async () => {
    expect(await ask([500, 200], false)).toMatchObject({ outcome: "500 of 0", asked: 1 });
    expect(await ask([unreachable, 200], false)).toMatchObject({ outcome: "CONNECTION_FAILED", asked: 1 });
  });

  test("asks nobody else when the client is gone", async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    const delivery = deliver({
      upstreams: [upstream("0"), upstream("1")],
      health: healthy(),
      canRepeat: true,
      signal: controller.signal,
      onAsk: ({ name }) => asked.push(name),
      sendTo: async () => {
        controller.abort(new Error("gone"));
        throw controller.signal.reason as Error;
      },
    });
    await expect(delivery).rejects.toThrow("gone");
    expect(asked).toEqual(["0"]);
  });

  test("asks those first that answered lately", async () => {
    const health = healthy();
    for (const _ of [1, 2, 3]) await ask([503, 200], true, health);
    expect(await ask([503, 200], true, health)).toMatchObject({ outcome: "200 of 1", asked: 1 });
  });

  test("takes neither a throttle nor what a caller may not do for an upstream that fails", async () => {
    const health = healthy();
    for (const _ of [1, 2, 3, 4]) await ask([429, 200], true, health);
    for (const _ of [1, 2, 3, 4]) await ask([403, 200], true, health);
    expect(health.isWell("0")).toBe(true);
  });
});

test.each([
  [new FetchError("CONNECT_TIMEOUT", "m"), false],
  [new FetchError("PROXY_REFUSED", "m"), false],
  [new FetchError("CONNECTION_FAILED", "m", { cause: Object.assign(new Error("e"), { code: "ECONNREFUSED" }) }), false],
  [new FetchError("CONNECTION_FAILED", "m", { cause: Object.assign(new Error("e"), { code: "ECONNRESET" }) }), true],
  [new FetchError("FIRST_BYTE_TIMEOUT", "m"), true],
  [new Error("m"), true],
])("of %s a service may have heard: %j", (error, expected) => {
  expect(mayHaveArrived(error)).toBe(expected);
});
