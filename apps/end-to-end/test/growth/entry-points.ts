import { type AwsCredentials, parseApiKey, type WireRequest } from "@claude-on-aws/auth";
import { diagnoseMismatch, isRedacted } from "@claude-on-aws/auth/diagnose";
import { evaluatePolicy, findDuplicateKey, lintPolicy, parsePolicy } from "@claude-on-aws/auth/iam";
import { parseAuthorization, signRequest, verifyPresignedRequest, verifyRequest } from "@claude-on-aws/auth/sigv4";
import {
  decodeModelPath,
  encodeModelPath,
  needsInferenceProfile,
  parseArn,
  parseBedrockResource,
  parseInferenceProfileId,
} from "@claude-on-aws/bedrock";
import {
  compareVersions,
  isAccountId,
  isApiKey,
  isAwsHost,
  isRegion,
  isWorkspaceId,
  ISSUED_KEY,
  KEY_BEGINNING,
  keyFamily,
  matchesWildcards,
  nearestName,
  parseBearer,
  parseExportedCredentials,
  parseServiceHost,
  partitionOfRegion,
  splitTarget,
} from "@claude-on-aws/endpoints";
import { isMistakenSwitch, parseAwsFile, parseCustomHeaders, parseSwitch, resolveConfig } from "@claude-on-aws/env";
import {
  checkScenario,
  EXAMPLE_CREDENTIALS,
  formatFakeReport,
  parseConfiguration,
  parseScenario,
} from "@claude-on-aws/fake";
import { createFakeCore } from "@claude-on-aws/fake/server";
import { createFetch, planRequest } from "@claude-on-aws/fetch";
import { boundSpend, checkHead, createHeadRules, createIdentify, parseSettings } from "@claude-on-aws/gateway";
import { findModel, parseModelId } from "@claude-on-aws/models";
import { ClaudeEventDecoder, parsePartialJson } from "@claude-on-aws/streaming/claude";
import { EventStreamDecoder } from "@claude-on-aws/streaming/event-stream";
import { formatSseEvent, SseDecoder } from "@claude-on-aws/streaming/sse";

import { HOSTILE_TEXTS, type HostileText, ONE_HOSTILE_TEXT, SOME_HOSTILE_TEXTS } from "./hostile-texts.ts";

/** What is called with a text of a stranger's. It may refuse it. */
type Take = (text: string) => unknown;

/** Bytes of a head that a server takes: more of a head reaches nobody. */
const HEAD_BYTES = 65_536;

interface EntryPoint {
  readonly take: Take;
  /** The longest text that it is given, in characters. */
  readonly maxLength: number;
  readonly texts: readonly HostileText[];
}

const of = (take: Take, maxLength = 1_048_576, texts = HOSTILE_TEXTS): EntryPoint => ({ take, maxLength, texts });

const CREDENTIALS: AwsCredentials = EXAMPLE_CREDENTIALS;
const OTHER: AwsCredentials = { ...CREDENTIALS, secretAccessKey: "another" };
const NOW = new Date("2026-11-30T12:00:00Z");
const SERVICE = { region: "us-east-1", service: "aws-external-anthropic" } as const;
const encoder = new TextEncoder();

const fetch = createFetch(
  resolveConfig({ env: { CLAUDE_CODE_USE_MANTLE: "1", AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" } }),
);
const plan = (body: string) => fetch.plan("https://127.0.0.1/v1/messages", { method: "POST", body });

const request = (changed: Partial<WireRequest>): WireRequest => ({
  method: "POST",
  target: "/v1/messages",
  headers: [["host", "127.0.0.1"]],
  httpVersion: "1.1",
  body: new Uint8Array(),
  ...changed,
});

/** Where in a request a text may stand. */
const PLACES: Readonly<Record<string, (text: string) => WireRequest>> = {
  "the path": (text) => request({ target: `/${text}` }),
  "the query": (text) => request({ target: `/v1/messages?${text}` }),
  "a header": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["x-any", text],
      ],
    }),
  "a list header": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["accept", text],
      ],
    }),
  "the original path": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["x-original-uri", text],
      ],
    }),
  "the host": (text) => request({ headers: [["host", text]] }),
  "many headers": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ...Array.from({ length: text.length / 16 }, (_, at): [string, string] => [`x-${at}`, text.slice(0, 8)]),
      ],
    }),
  "one header many times": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ...Array.from({ length: text.length / 16 }, (): [string, string] => ["x-any", text.slice(0, 8)]),
      ],
    }),
};

/** Where a text may stand beside that, for a fake that reads it all. */
const PLACES_OF_FAKE: Readonly<Record<string, (text: string) => WireRequest>> = {
  ...PLACES,
  "an API key": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["x-api-key", text],
      ],
    }),
  "a bearer": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["authorization", `Bearer ${text}`],
      ],
    }),
  "a token": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["x-amz-security-token", text],
        ["authorization", text],
      ],
    }),
  "a secret parameter": (text) => request({ target: `/v1/messages?token=${text}&key=${text}` }),
  "many secret headers": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ...Array.from({ length: text.length / 32 }, (_, at): [string, string] => [
          `x-${at}-token`,
          `${text.slice(0, 8)}${at}`,
        ]),
      ],
    }),
  "a bearer and the body": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["authorization", `Bearer ${text}`],
      ],
      body: encoder.encode(text),
    }),
  "the user agent": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["user-agent", text],
      ],
    }),
  "the model": (text) => request({ target: `/model/${text}/invoke` }),
  "the authorization": (text) =>
    request({
      headers: [
        ["host", "127.0.0.1"],
        ["authorization", `AWS4-HMAC-SHA256 Credential=${text}`],
      ],
    }),
  "a message": (text) => accepted(JSON.stringify({ ...MESSAGE, messages: [{ role: "user", content: text }] })),
  "the input of a tool": (text) => accepted(`{"model":"claude-sonnet-4-6","max_tokens":9,"messages":${text}}`),
  "a pattern": (text) => accepted(JSON.stringify(withTool({ type: "string", pattern: text, minLength: 9 }))),
  "a reference": (text) => accepted(JSON.stringify(withTool({ $ref: `#/${text}` }))),
};

const MESSAGE = { model: "claude-sonnet-4-6", max_tokens: 1_000, messages: [{ role: "user", content: "a" }] };
const withTool = (schema: object): object => ({
  ...MESSAGE,
  tool_choice: { type: "any" },
  tools: [{ name: "t", input_schema: { type: "object", required: ["a"], properties: { a: schema } } }],
});
const accepted = (body: string): WireRequest =>
  request({
    headers: [
      ["host", "127.0.0.1"],
      ["content-type", "application/json"],
      ["x-api-key", "aws-external-anthropic-api-key-EXAMPLE"],
      ["anthropic-version", "2023-06-01"],
      ["anthropic-workspace-id", "wrkspc_01AbCdEf23GhIj"],
    ],
    body: encoder.encode(body),
  });

/** Answers a request, and judges and prints what came of it, as somebody who looks at the report does. */
async function handleAndReport(asked: WireRequest): Promise<void> {
  const fake = createFakeCore({ now: () => NOW, maxDiagnosisCandidates: 20 });
  await fake.handle({ ...asked, wire: "received" });
  fake.report();
  formatFakeReport(fake, "html");
}

const inPlaces = (
  name: string,
  places: typeof PLACES,
  take: (asked: WireRequest) => unknown,
  maxLength: number,
): readonly (readonly [string, EntryPoint])[] =>
  Object.entries(places).map(([place, make]) => [
    `${name} with ${place}`,
    of((text) => take(make(text)), maxLength, place.includes("many") ? ONE_HOSTILE_TEXT : SOME_HOSTILE_TEXTS),
  ]);

const policyOf = (statement: object): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*", ...statement } });
const evaluate = (text: string, compared = text): unknown =>
  evaluatePolicy(
    [
      parsePolicy(policyOf({ Resource: [`arn:aws:s3:::${text}`, text], Action: `s3:${text}` }), {
        maxCharacters: 8_000_000,
      }),
      parsePolicy(
        policyOf({ Condition: { StringLike: { "aws:UserAgent": text }, ArnLike: { "aws:PrincipalArn": text } } }),
        {
          maxCharacters: 8_000_000,
        },
      ),
    ],
    {
      action: `s3:${compared}y`,
      resource: `arn:aws:s3:::${compared}y`,
      context: { "aws:UserAgent": `${compared}y`, "aws:PrincipalArn": `arn:aws:iam::1:${compared}y` },
    },
  );
/** A mark costs a machine's word of the pattern for each character: a pattern is no longer than policies are. */
const MAX_MARKED = 5_000;
const evaluateText = (text: string): unknown =>
  text.includes("?") ? evaluate(text.slice(0, MAX_MARKED), text) : evaluate(text);

/** Feeds a decoder in small pieces: what keeps what is unfinished must not copy it each time. */
function feed(decoder: { feed(bytes: Uint8Array): void; end(): void }, text: string): void {
  const bytes = encoder.encode(text);
  for (let at = 0; at < bytes.length; at += 16) decoder.feed(bytes.subarray(at, at + 16));
  decoder.end();
}

const resolve = (text: string): ReturnType<typeof resolveConfig> =>
  resolveConfig({
    env: {
      CLAUDE_CODE_USE_BEDROCK: "1",
      AWS_REGION: text,
      ANTHROPIC_MODEL: text,
      ANTHROPIC_BEDROCK_BASE_URL: text,
      ANTHROPIC_CUSTOM_HEADERS: text,
    },
    awsFiles: { config: text, credentials: text },
  });

const HEAD_RULES = createHeadRules({ allowedHosts: ["gateway.example"] });
/** Knows every kind of credential; none that it is given is good, and nobody is asked for keys. */
const identify = await createIdentify({
  issuers: [{ issuer: "https://idp.example", audience: "gateway", jwksUrl: "https://idp.example/keys" }],
  frontEnd: { header: "x-any", addresses: ["127.0.0.1"] },
  passOwnKeys: true,
});

/** Where else in a head a gateway reads. */
const PLACES_OF_GATEWAY: typeof PLACES = Object.fromEntries(
  ["authorization", "connection", "origin", "x-api-key"].map((name) => [
    `the header ${name}`,
    (text) =>
      request({
        headers: [
          ["host", "127.0.0.1"],
          [name, text],
        ],
      }),
  ]),
);

/** Every public entry point that is given what somebody else wrote, by its name. */
export const ENTRY_POINTS: readonly (readonly [name: string, entryPoint: EntryPoint])[] = [
  ["parseAuthorization()", of((text) => parseAuthorization(`AWS4-HMAC-SHA256 ${text}`))],
  [
    "parseAuthorization() of its parts",
    of((text) =>
      parseAuthorization(
        `AWS4-HMAC-SHA256 Credential=${text}/20261130/us-east-1/s/aws4_request, SignedHeaders=${text}, Signature=${text}`,
      ),
    ),
  ],
  ...inPlaces("signRequest() and verifyRequest()", PLACES, signAndVerify, 262_144),
  ...inPlaces("diagnoseMismatch()", PLACES, signAndDiagnose, HEAD_BYTES),
  ...inPlaces(
    "checkHead() and identify()",
    { ...PLACES, ...PLACES_OF_GATEWAY },
    (asked) => [checkHead(asked, HEAD_RULES), identify(asked, "127.0.0.1")],
    HEAD_BYTES,
  ),
  [
    "identify() of a token, a JWT and keys",
    of(
      (text) =>
        Promise.all(
          ["coagw_", "eyJ", "eyJhbGciOiJFUzI1NiJ9.", "ABSK", "bedrock-api-key-", "AEAA"].map((start) =>
            identify(request({ headers: [["x-api-key", start + text]] }), undefined),
          ),
        ),
      HEAD_BYTES,
    ),
  ],
  [
    "boundSpend()",
    of((text) =>
      [text, JSON.stringify({ max_tokens: 1, messages: [{ role: "user", content: text }] })].map((body) =>
        boundSpend({ operation: "CreateMessage", model: "claude-haiku-4-5", body: encoder.encode(body) }),
      ),
    ),
  ],
  [
    "verifyPresignedRequest()",
    of((text) =>
      verifyPresignedRequest(request({ target: `/?X-Amz-Signature=0&${text}` }), {
        credentials: () => CREDENTIALS,
        ...SERVICE,
      }),
    ),
  ],
  ["parseApiKey()", of(parseApiKey)],
  ["parseApiKey() of a short-term key", of((text) => parseApiKey(`bedrock-api-key-${text}`))],
  ["parseApiKey() of a long-term key", of((text) => parseApiKey(`ABSK${text}`))],
  ["isRedacted()", of(isRedacted)],
  ["evaluatePolicy()", of(evaluateText, HEAD_BYTES)],
  [
    "lintPolicy()",
    of(
      (text) => lintPolicy(parsePolicy(policyOf({ Action: text, Resource: text }), { maxCharacters: 8_000_000 })),
      HEAD_BYTES,
    ),
  ],
  ["parsePolicy()", of((text) => parsePolicy(text, { maxCharacters: 8_000_000 }), 262_144)],
  ["findDuplicateKey()", of(findDuplicateKey, 262_144)],
  ["compareVersions()", of((text) => compareVersions(text, "2.1.329"))],
  [
    "isAccountId(), isApiKey(), isRegion(), isWorkspaceId()",
    of((text) => [isAccountId(text), isApiKey(text), isRegion(text), isWorkspaceId(text)]),
  ],
  ["isAwsHost()", of(isAwsHost)],
  ["ISSUED_KEY", of((text) => text.replace(ISSUED_KEY, ""))],
  ["KEY_BEGINNING", of((text) => text.search(KEY_BEGINNING))],
  ["keyFamily(), parseBearer()", of((text) => [keyFamily(text), parseBearer(text), parseBearer(`Bearer ${text}`)])],
  ["matchesWildcards()", of((text) => [matchesWildcards("*a*b", text), matchesWildcards(text, text)])],
  ["nearestName()", of((text) => nearestName(text, ["Converse", text]))],
  // An engine's own JSON.parse takes more than its share of memory where text nests a million levels deep.
  ["parseExportedCredentials()", of(parseExportedCredentials, 262_144)],
  [
    "parseServiceHost()",
    of((text) => [
      parseServiceHost(text),
      parseServiceHost(`bedrock-runtime.${text}`),
      parseServiceHost(`bedrock-runtime.us-east-1.${text}`),
    ]),
  ],
  ["partitionOfRegion()", of(partitionOfRegion)],
  ["splitTarget()", of((text) => [splitTarget(text), splitTarget(`https://${text}`)])],
  ["decodeModelPath(), encodeModelPath()", of((text) => [decodeModelPath(text), encodeModelPath(text)], 262_144)],
  ["needsInferenceProfile()", of(needsInferenceProfile)],
  [
    "parseArn(), parseBedrockResource()",
    of((text) => [
      tried(() => parseArn(text)),
      tried(() => parseArn(`arn:aws:bedrock:us-east-1:1:${text}`)),
      parseBedrockResource(parseArn(`arn:aws:bedrock:us-east-1:123456789012:${text}`)),
    ]),
  ],
  [
    "parseInferenceProfileId()",
    of((text) => [tried(() => parseInferenceProfileId(text)), parseInferenceProfileId(`us.${text}`)]),
  ],
  [
    "findModel(), parseModelId()",
    of((text) => [tried(() => findModel(text)), tried(() => parseModelId(text)), parseModelId(`us.anthropic.${text}`)]),
  ],
  ["parseAwsFile()", of(parseAwsFile)],
  ["parseCustomHeaders()", of(parseCustomHeaders)],
  ["parseSwitch(), isMistakenSwitch()", of((text) => [parseSwitch(text), isMistakenSwitch(text)])],
  ["resolveConfig() and planRequest()", of((text) => planRequest(resolve(text), { model: text }), 262_144)],
  [
    "createFetch().plan()",
    of((text) => Promise.all([text, `{"model":${text}`, JSON.stringify({ model: "a", messages: text })].map(plan))),
  ],
  ["parsePartialJson()", of(parsePartialJson)],
  ["SseDecoder", of((text) => feed(new SseDecoder(() => {}), text), 262_144)],
  [
    "ClaudeEventDecoder of server-sent events",
    of((text) => feed(new ClaudeEventDecoder(() => {}, { framing: "sse" }), text), 262_144),
  ],
  ["EventStreamDecoder", of((text) => feed(new EventStreamDecoder(() => {}), text), 262_144)],
  ["formatSseEvent()", of((text) => formatSseEvent({ data: text }))],
  ["parseScenario()", of(parseScenario)],
  ["checkScenario()", of(checkScenario)],
  [
    "parseScenario() of a value",
    of((text) => parseScenario(JSON.stringify({ replies: [{ when: { text }, reply: { text } }] }))),
  ],
  ["parseConfiguration()", of((text) => parseConfiguration(text))],
  [
    "parseConfiguration() of a value",
    of((text) => parseConfiguration(JSON.stringify({ region: text, apiKeys: [text], workspaces: [text] }))),
  ],
  // The engine's own JSON.parse, as above.
  ["parseSettings()", of((text) => parseSettings(text), 262_144)],
  [
    "parseSettings() of a value",
    of((text) => parseSettings(JSON.stringify({ upstreams: [{ name: text, provider: text }], audit: { to: text } }))),
  ],
  ["parseSettings() of a key", of((text) => parseSettings(JSON.stringify({ [text]: 1 })))],
  ...inPlaces("a fake and its report", PLACES_OF_FAKE, handleAndReport, 262_144),
];

function tried<Value>(take: () => Value): Value | undefined {
  try {
    return take();
  } catch {
    return undefined;
  }
}

async function signAndVerify(asked: WireRequest): Promise<void> {
  const signed = await signRequest(asked, { credentials: CREDENTIALS, date: NOW, ...SERVICE });
  await verifyRequest(signed, { credentials: () => CREDENTIALS, now: NOW, ...SERVICE });
}

async function signAndDiagnose(asked: WireRequest): Promise<void> {
  const signed = await signRequest(asked, { credentials: OTHER, date: NOW, ...SERVICE });
  await diagnoseMismatch(signed, { credentials: () => CREDENTIALS, now: NOW, maxCandidates: 20, ...SERVICE });
}
