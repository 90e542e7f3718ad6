import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { MODELS } from "@claude-on-aws/models";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeOptions } from "../src/server.ts";
import { GOOD, sign, withBody } from "./support/requests.ts";

/** How each route is asked for a model. */
const ROUTES: Readonly<Record<string, (model: string) => Promise<WireRequest>>> = {
  "POST /v1/messages": (model) =>
    sign(withBody(GOOD["anthropic-aws"].request(4242), { model }), "aws-external-anthropic"),
  "GET /v1/models/{id}": (model) =>
    sign(
      {
        ...GOOD["anthropic-aws"].request(4242),
        method: "GET",
        target: `/v1/models/${encodeURIComponent(model)}`,
        body: new Uint8Array(),
      },
      "aws-external-anthropic",
    ),
  "POST /anthropic/v1/messages": (model) => sign(withBody(GOOD.mantle.request(4242), { model }), "bedrock-mantle"),
  "POST /model/{modelId}/invoke": (model) =>
    sign({ ...GOOD.bedrock.request(4242), target: `/model/${encodeURIComponent(model)}/invoke` }, "bedrock"),
};

async function ask(route: string, model: string, options: FakeOptions = {}) {
  const fake = createFakeCore(options);
  const request = (await ROUTES[route]?.(model)) as WireRequest;
  const { status, headers } = await fake.handle({ ...request, wire: "received" });
  const hint = headerValue(headers, "x-claude-on-aws-hint") ?? "";
  // What was answered has none.
  if (status === 200) return { status, hint, fix: undefined };
  const finding = fake.journal.snapshot().exchanges[0]?.findings.find(({ level }) => level === "fail");
  return { status, hint, fix: finding?.fix };
}

/** What is written in place of the id that a route takes. */
const WRITTEN: Readonly<Record<string, (model: (typeof MODELS)[number]) => string>> = {
  "the suffix of the window": ({ id }) => `${id}[1m]`,
  "the suffix of the window behind a profile": ({ bedrockId }) => `us.${bedrockId}[1m]`,
  "a geography of another region": ({ bedrockId }) => `apac.${bedrockId}`,
  "a letter too few": ({ bedrockId }) => `us.${bedrockId.replace("claude", "clade")}`,
  "no geography": ({ bedrockId }) => bedrockId,
};

describe.each(Object.keys(ROUTES))("a model that %s does not take", (route) => {
  test.each(Object.entries(WRITTEN))("is refused with ids that are taken: %s", async (_, write) => {
    let named = 0;
    for (const model of MODELS) {
      const written = write(model);
      const { status, hint, fix } = await ask(route, written);
      if (status === 200) continue;
      expect([written, status]).toEqual([written, expect.toSatisfy((code) => [400, 404].includes(code as number))]);
      const ids = /: Ask for (.+?)\.(?: |$)/.exec(hint.replaceAll(/\.(?=\S)/g, "\0"))?.[1]?.replaceAll("\0", ".") ?? "";
      // Older models are not served there at all.
      if (ids === "") continue;
      // GetModel answers what it does not find; the others check it, so that the journal tells.
      expect(fix ?? hint).toContain(`Ask for ${ids}.`);
      expect(hint.includes("[1m]")).toBe(written.endsWith("[1m]"));
      for (const id of ids.split(" or ")) expect([id, (await ask(route, id)).status]).toEqual([id, 200]);
      named++;
    }
    expect(named).toBeGreaterThan(route.includes("anthropic/") ? 3 : 10);
  });
});

test("a hint names no profile that the facts of this fake do not know", async () => {
  const model = "us.anthropic.claude-fable-52";
  const route = "POST /model/{modelId}/invoke";

  expect((await ask(route, model)).hint).toContain("us.anthropic.claude-fable-5-2");
  expect((await ask(route, model, { facts: { profilesOfOneSource: false } })).hint).not.toContain("fable-5-2");
});
