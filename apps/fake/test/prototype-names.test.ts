import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { SOAK } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore, formatFakeReport } from "../src/server.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";

/** What every object has, and no client means. */
const NAMES = [...Object.getOwnPropertyNames(Object.prototype), "prototype", "length"];

const tool = (schema: object, name = "look"): object => ({
  tools: [{ name, description: "Looks", input_schema: { type: "object", ...schema } }],
});

const property = (schema: object): object => tool({ properties: { a: schema }, required: ["a"] });

const content = (block: object): object => ({ messages: [{ role: "user", content: [block] }] });

/** A field whose name is computed, so that `__proto__` is one. */
const field = (name: string, value: unknown): object =>
  JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`);

type Place = (request: WireRequest, name: string) => WireRequest;

const withHeaders = (request: WireRequest, ...headers: WireRequest["headers"]): WireRequest => ({
  ...request,
  headers: [...request.headers, ...headers],
});

const PLACES: Readonly<Record<string, Place>> = {
  "a header": (request, name) => withHeaders(request, [name, "x"]),
  "a header that is there twice": (request, name) => withHeaders(request, [name, "x"], [name, "y"]),
  "a beta": (request, name) => withHeaders(request, ["anthropic-beta", name]),
  "a version": (request, name) => withHeader(request, "anthropic-version", name),
  "a content type": (request, name) => withHeader(request, "content-type", name),
  "an accepted type": (request, name) => withHeaders(request, ["accept", name]),
  "a user agent": (request, name) => withHeaders(request, ["user-agent", name]),
  "a workspace": (request, name) => withHeader(request, "anthropic-workspace-id", name),
  "a tier": (request, name) => withHeaders(request, ["x-amzn-bedrock-service-tier", name]),
  "a header of Bedrock": (request, name) => withHeaders(request, [`x-amzn-bedrock-${name}`, name]),
  "a host": (request, name) => withHeader(request, "host", name),
  "a scheme": (request, name) => withHeader(request, "authorization", `${name} a`),
  "a parameter": (request, name) => ({ ...request, target: `${request.target}?${name}=1` }),
  "a path": (request, name) => ({ ...request, target: `/${name}` }),
  "an ID in a path": (request, name) => ({ ...request, target: `/v1/models/${name}` }),
  "an operation": (request, name) => ({ ...request, target: `/model/anthropic.claude/${name}` }),
  "a model in a path": (request, name) => ({ ...request, target: `/model/${name}/invoke` }),
  "a method": (request, name) => ({ ...request, method: name }),
  "a field": (request, name) => withBody(request, field(name, "x")),
  "a field that is an object": (request, name) => withBody(request, field(name, { a: 1 })),
  "a field within": (request, name) => withBody(request, { metadata: field(name, "x"), thinking: field(name, 1) }),
  "a model": (request, name) => withBody(request, { model: name }),
  "a version in the body": (request, name) => withBody(request, { anthropic_version: name }),
  "a beta in the body": (request, name) => withBody(request, { anthropic_beta: [name] }),
  "a role": (request, name) => withBody(request, { messages: [{ role: name, content: "a" }] }),
  "a kind of block": (request, name) => withBody(request, content({ type: name, text: "a" })),
  "a field of a block": (request, name) => withBody(request, content({ type: "text", text: "a", ...field(name, 1) })),
  "a kind of source": (request, name) =>
    withBody(request, content({ type: "image", source: { type: name, media_type: name, data: "a" } })),
  "a kind of thinking": (request, name) => withBody(request, { thinking: { type: name } }),
  "a kind of cache": (request, name) => withBody(request, { cache_control: { type: name, ttl: name } }),
  "a choice of tool": (request, name) => withBody(request, { ...tool({}), tool_choice: { type: name, name } }),
  "a tool that is chosen": (request, name) =>
    withBody(request, { ...tool({}, name), tool_choice: { type: "tool", name } }),
  "a kind of tool": (request, name) => withBody(request, { tools: [{ type: name, name }] }),
  "a type in a schema": (request, name) => withBody(request, property({ type: name })),
  "types in a schema": (request, name) => withBody(request, property({ type: [name, "string"] })),
  "a format in a schema": (request, name) => withBody(request, property({ type: "string", format: name })),
  "a pattern in a schema": (request, name) => withBody(request, property({ type: "string", pattern: name })),
  "a keyword in a schema": (request, name) => withBody(request, property(field(name, { type: "string" }))),
  "a property in a schema": (request, name) =>
    withBody(request, tool({ properties: field(name, { type: "string" }), required: [name] })),
  "a property that is missing": (request, name) => withBody(request, tool({ required: [name] })),
  "a reference in a schema": (request, name) =>
    withBody(request, property({ $ref: `#/$defs/${name}`, $defs: field(name, { type: "string" }) })),
  "a reference to nothing": (request, name) => withBody(request, property({ $ref: `#/${name}` })),
  "a format of output": (request, name) =>
    withBody(request, { output_config: { format: { type: name }, effort: name } }),
  "an effort": (request, name) => withBody(request, { output_config: field(name, name), effort: name }),
  "a tier in the body": (request, name) => withBody(request, { service_tier: name }),
  "a text": (request, name) => withBody(request, { system: name, messages: [{ role: "user", content: name }] }),
};

const PROVIDERS = Object.keys(GOOD) as GoodProvider[];
/** Which of them are sent a name in a place: in turn, so that every place and every name meets each of them. */
const providersOf = (place: number, name: number): readonly GoodProvider[] =>
  SOAK ? PROVIDERS : PROVIDERS.filter((_, index) => index === (place + name) % PROVIDERS.length);

const CASES = Object.keys(PLACES).map((place, index) => ({ place, index }));

describe("names that every object has", () => {
  test.each(CASES)("surprise nobody as $place", async ({ place, index: placeIndex }) => {
    const fake = createFakeCore({
      maxJournalExchanges: 10_000,
      maxDiagnosesPerSecond: 10_000,
      maxDiagnosisCandidates: 50,
    });
    const wrong: unknown[] = [];
    for (const [nameIndex, name] of NAMES.entries()) {
      for (const provider of providersOf(placeIndex, nameIndex)) {
        const { request, service } = GOOD[provider];
        const put = PLACES[place]?.(request(80), name) as WireRequest;
        const signed = await sign(put, service);
        for (const sent of [signed, ...(place.startsWith("a header") ? [{ ...signed, method: "PUT" }] : [])]) {
          const { status } = await fake.handle({ ...sent, wire: "received" });
          if (status >= 500 && status !== 501) wrong.push({ name, provider, status, method: sent.method });
        }
      }
    }
    for (const format of ["json", "text", "junit", "markdown", "html"] as const) formatFakeReport(fake, format);
    const { exchanges } = fake.journal.snapshot();
    const internal = exchanges.flatMap(({ checks }) => checks.filter(({ check }) => check === "internal"));

    expect(wrong).toEqual([]);
    expect(internal).toEqual([]);
    expect(exchanges.length % NAMES.length).toBe(0);
  });

  test("as a host of a credential service, an action, a parameter or a role", async () => {
    const fake = createFakeCore();
    const statuses = new Set<number>();
    for (const name of NAMES) {
      for (const [host, method, target, body] of [
        ["sts.us-east-1.amazonaws.com", "POST", "/", `Action=${name}&Version=${name}&${name}=1`],
        [
          "sts.us-east-1.amazonaws.com",
          "POST",
          "/",
          `Action=AssumeRole&Version=2011-06-15&RoleArn=${name}&RoleSessionName=${name}`,
        ],
        [
          "portal.sso.us-east-1.amazonaws.com",
          "GET",
          `/federation/credentials?role_name=${name}&account_id=${name}`,
          "",
        ],
        ["portal.sso.us-east-1.amazonaws.com", "GET", `/${name}`, ""],
        ["169.254.170.2", "GET", `/${name}`, ""],
        ["169.254.169.254", "GET", `/latest/meta-data/iam/security-credentials/${name}`, ""],
        ["169.254.169.254", "GET", `/latest/${name}`, ""],
      ] as const) {
        const { status } = await fake.handle({
          method,
          target,
          headers: [
            ["host", host],
            [name, name],
            [
              "authorization",
              `AWS4-HMAC-SHA256 Credential=${name}/20261121/us-east-1/sts/aws4_request, SignedHeaders=${name}, Signature=0`,
            ],
          ],
          httpVersion: "1.1",
          body: new TextEncoder().encode(body),
          wire: "received",
        });
        statuses.add(status);
      }
    }
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect(
      fake.journal.snapshot().exchanges.flatMap(({ checks }) => checks.filter(({ check }) => check === "internal")),
    ).toEqual([]);
  });
});
