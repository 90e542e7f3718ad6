import * as control from "@aws-sdk/client-bedrock";
import * as runtime from "@aws-sdk/client-bedrock-runtime";
import { BEDROCK_ROUTES, formatServiceHost } from "@claude-on-aws/endpoints";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import { OPERATIONS } from "../src/operations/operations.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS } from "../src/server.ts";
import { sign } from "./support/requests.ts";
import { BEDROCK_KEY, startFake } from "./support/start-fake.ts";

const MODELS = { control, runtime };

/** The route of an operation's schema: its name, and among its traits the method, the path and the status. */
function routeOf(schema: unknown): readonly [name: string, method: string, path: string] | undefined {
  if (!Array.isArray(schema) || schema[0] !== 9 || typeof schema[2] !== "string") return undefined;
  const http = Object.values(schema[3] ?? {}).find(Array.isArray);
  return http === undefined ? undefined : [schema[2], String(http[0]), String(http[1])];
}

const MODELLED = Object.entries(MODELS).flatMap(([plane, model]) =>
  Object.values(model).flatMap((each) => {
    const found = routeOf(each);
    return found === undefined ? [] : [[plane, ...found].join(" ")];
  }),
);

const NOT_BUILT = OPERATIONS.filter(({ provider, built }) => provider === "bedrock" && built === undefined);

async function ask(method: string, path: string, plane: "control" | "runtime", proof: "signature" | "bearer") {
  const fake = createFakeCore();
  const host = formatServiceHost({ provider: "bedrock", region: "us-east-1", plane });
  const hasBody = method !== "GET" && method !== "DELETE";
  const request = {
    method,
    target: path.replaceAll(/\{\w+\}/g, "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aguardrail%2Fabc123"),
    headers: [["host", host], ...(hasBody ? [["content-type", "application/json"]] : [])] as [string, string][],
    httpVersion: "1.1",
    body: new TextEncoder().encode(hasBody ? "{}" : ""),
  };
  const proven =
    proof === "signature"
      ? await sign(request, "bedrock")
      : { ...request, headers: [...request.headers, ["authorization", `Bearer ${BEDROCK_KEY}`] as const] };
  const { status, headers } = await fake.handle({ ...proven, wire: "received" });
  const entry = fake.journal.snapshot().exchanges.at(-1);
  const broken = entry?.findings.filter(({ level }) => level === "fail") ?? [];
  return { status, type: new Map(headers).get("x-amzn-errortype"), operation: entry?.operation, broken };
}

describe("the routes of Amazon Bedrock", () => {
  test("are those of the service models of its two hosts, and the Messages API", () => {
    const known = BEDROCK_ROUTES.filter(({ path }) => path !== "/anthropic/v1/messages");

    expect(MODELLED.length).toBeGreaterThan(100);
    expect(
      known.map(({ plane, operation, method, path }) => `${plane} ${operation} ${method} ${path}`).toSorted(),
    ).toEqual(MODELLED.toSorted());
  });

  test.each(["signature", "bearer"] as const)(
    "that are not built are answered with 501 in its own shape, and break no rule, with a %s",
    async (proof) => {
      expect(NOT_BUILT.length).toBeGreaterThan(90);
      for (const { method, path, plane = "control", name } of NOT_BUILT) {
        expect(await ask(method, path, plane, proof)).toEqual({
          status: 501,
          type: expect.stringMatching(/^NotImplementedException:/),
          operation: name,
          broken: [],
        });
      }
    },
  );
});

const fake = startFake();

describe.each([
  ["a signature", { credentials: EXAMPLE_CREDENTIALS }],
  ["a key", { token: { token: BEDROCK_KEY }, authSchemePreference: ["httpBearerAuth"] }],
])("BedrockClient with %s", (_, proof) => {
  const { BedrockClient, ListGuardrailsCommand, ListTagsForResourceCommand, DeleteGuardrailCommand } = control;
  const client = () =>
    new BedrockClient({
      region: "us-east-1",
      endpoint: fake.server.url,
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
      ...(proof as object),
    });

  test.each([
    ["guardrails", () => client().send(new ListGuardrailsCommand({}))],
    ["tags", () => client().send(new ListTagsForResourceCommand({ resourceARN: `arn:aws:bedrock:us-east-1::x/${1}` }))],
    ["a guardrail to delete", () => client().send(new DeleteGuardrailCommand({ guardrailIdentifier: "abc" }))],
  ])("hears that %s are not built, and is not accused", async (_what, send) => {
    await expect(send()).rejects.toMatchObject({
      name: "NotImplementedException",
      $metadata: { httpStatusCode: 501 },
    });
    const findings = fake.core.journal.snapshot().exchanges.at(-1)?.findings ?? [];
    expect(findings.filter(({ level }) => level !== "pass")).toEqual([]);
  });
});
