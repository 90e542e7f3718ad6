import type { Random } from "@claude-on-aws/fixtures";
import { createHash, createHmac } from "node:crypto";
import type { AwsCredentials, WireRequest } from "../../src/sigv4/index.ts";
import type { DiagnoseOptions } from "../../src/diagnose/index.ts";

/** What a client means to send, and how it signs: right unless a mistake changes it. */
export interface Plan {
  method: string;
  path: string;
  query: string;
  /** Headers as sent. */
  headers: [name: string, value: string][];
  /** Lower-case names of what is signed. */
  signedNames: string[];
  body: Uint8Array;
  credentials: AwsCredentials;
  others: AwsCredentials[];
  region: string;
  service: string;
  time: Date;
  allowUnsignedPayload: boolean;
  /** How the signer differs from the rule. */
  signer: Signer;
  /** What happens after signing. */
  afterwards: ((request: MutableRequest) => void)[];
}

interface Signer {
  method?: string;
  encodings: number;
  /** Writes the whole path instead. */
  path?: (path: string) => string;
  normalizes: boolean;
  sortsQuery: boolean;
  query?: (query: string) => string;
  host?: string;
  trims: boolean;
  values: Record<string, string>;
  sortsNames: boolean;
  payloadHash?: string;
  secret: string;
  region?: string;
  service?: string;
  scopeDate?: string;
  clock?: Date;
  skipsTokenHeader: boolean;
}

export interface MutableRequest {
  method: string;
  target: string;
  headers: [string, string][];
  body: Uint8Array;
}

const hash = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac("sha256", key).update(data).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SECRET = `${LETTERS}${LETTERS.toUpperCase()}0123456789+/`;
const HOSTS: Readonly<Record<string, string>> = {
  "aws-external-anthropic": "aws-external-anthropic.REGION.api.aws",
  bedrock: "bedrock-runtime.REGION.amazonaws.com",
  "bedrock-mantle": "bedrock-mantle.REGION.api.aws",
};

function drawPath(random: Random, service: string): string {
  const account = random.text("0123456789", 12, 12);
  const model = random.pick([
    `us.anthropic.claude-${random.text(LETTERS, 3, 8)}-v1:0`,
    `us.anthropic.claude-${random.text(LETTERS, 3, 8)}-v1%3A0`,
    `anthropic.claude-${random.text(LETTERS, 3, 8)}`,
    encode(`arn:aws:bedrock:us-east-1:${account}:application-inference-profile/${random.text(LETTERS, 6, 12)}`),
    `arn:aws:bedrock:us-east-1:${account}:inference-profile%2F${random.text(LETTERS, 6, 12)}`,
  ]);
  if (service === "bedrock")
    return `/model/${model}/${random.pick(["invoke", "converse", "invoke-with-response-stream"])}`;
  const root = service === "bedrock-mantle" ? "/anthropic/v1" : "/v1";
  return `${root}/${random.pick(["messages", "messages/count_tokens", `models/${model}`, `files/${encode(random.text(" a:@é", 1, 6))}`])}`;
}

function drawQuery(random: Random): string {
  const count = random.below(5);
  const names = new Set(Array.from({ length: count }, () => random.text(`${LETTERS}-_`, 1, 8)));
  return [...names].map((name) => `${name}=${encode(random.text(`${LETTERS}0123456789 +/:=,`, 0, 10))}`).join("&");
}

/** Draws a request that is signed rightly. */
export function drawPlan(random: Random): Plan {
  const service = random.pick(Object.keys(HOSTS));
  const region = random.pick(["us-east-1", "us-west-2", "eu-central-1", "ap-southeast-2"]);
  const local = `${random.pick(["127.0.0.1", "localhost", "gateway.example.com"])}:${1024 + random.below(60_000)}`;
  const host = random.oneIn(2) ? (HOSTS[service] ?? "").replace("REGION", region) : local;
  const temporary = random.oneIn(2);
  const method = random.pick(["POST", "POST", "GET", "DELETE"]);
  const size = random.oneIn(40) ? 1_000_000 : random.below(400);
  const body = method === "POST" ? new Uint8Array(size).fill(32 + random.below(90)) : new Uint8Array();
  const credentials = drawCredentials(random, temporary);
  const headers: [string, string][] = [
    [random.pick(["host", "Host"]), host],
    [
      "content-type",
      random.pick(["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"]),
    ],
    ["accept", random.pick(["application/json", "*/*", "text/event-stream"])],
    ["accept-encoding", random.pick(["gzip, deflate", "gzip, deflate, br", "identity", "gzip"])],
    ["connection", "keep-alive"],
    ["anthropic-version", "2023-06-01"],
    ["x-app", random.text(LETTERS, 2, 8)],
    ["user-agent", `client/${random.below(100)}`],
  ];
  if (random.oneIn(2)) headers.push(["x-note", `${random.text(LETTERS, 1, 5)} ${random.text(LETTERS, 1, 5)}`]);
  // Clients sign much or little; some sign what a proxy may change.
  const optional = ["content-type", "accept", "anthropic-version", "x-app", "x-note"].filter(
    (name) => headers.some(([key]) => key === name) && !random.oneIn(4),
  );
  if (random.oneIn(4)) optional.push("accept-encoding");
  if (random.oneIn(8)) optional.push("connection");
  const hasHashHeader = !random.oneIn(4);
  return {
    method,
    path: drawPath(random, service),
    query: drawQuery(random),
    headers,
    signedNames: ["host", "x-amz-date", ...optional, ...(hasHashHeader ? ["x-amz-content-sha256"] : [])],
    body,
    credentials,
    others: Array.from({ length: random.below(4) }, () => drawCredentials(random, false)),
    region,
    service,
    time: new Date(Date.UTC(2026, random.below(12), 1 + random.below(28), random.below(24), random.below(60), 30)),
    allowUnsignedPayload: false,
    signer: {
      encodings: 1,
      normalizes: true,
      sortsQuery: true,
      trims: true,
      values: {},
      sortsNames: true,
      secret: credentials.secretAccessKey,
      skipsTokenHeader: false,
    },
    afterwards: [],
  };
}

function drawCredentials(random: Random, temporary: boolean): AwsCredentials {
  return {
    accessKeyId: `AKIA${random.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, 16)}`,
    secretAccessKey: random.text(SECRET, 40, 40),
    ...(temporary ? { sessionToken: random.text(SECRET, 60, 200) } : {}),
  };
}

const amzDate = (time: Date): string => time.toISOString().replace(/[:-]|\.\d{3}/g, "");

/** What is wrong with the signature in itself, as one text: two plans that differ in nothing here cannot be told apart. */
export interface Signed {
  readonly request: WireRequest;
  readonly options: DiagnoseOptions;
  readonly fingerprint: string;
}

/** Signs as the plan's signer does, then lets happen what happens afterwards. */
export function carryOut(plan: Plan): Signed {
  const { signer } = plan;
  const date = amzDate(signer.clock ?? plan.time);
  const payloadHash = signer.payloadHash ?? hash(plan.body);
  const headers: [string, string][] = [...plan.headers, ["x-amz-date", date]];
  if (plan.signedNames.includes("x-amz-content-sha256")) headers.push(["x-amz-content-sha256", payloadHash]);
  const names = [...plan.signedNames];
  if (plan.credentials.sessionToken !== undefined) {
    headers.push(["x-amz-security-token", plan.credentials.sessionToken]);
    if (!signer.skipsTokenHeader) names.push("x-amz-security-token");
  }
  const valueOf = (name: string): string => {
    const own = signer.values[name];
    if (own !== undefined) return own;
    if (name === "host" && signer.host !== undefined) return signer.host;
    return headers
      .filter(([key]) => key.toLowerCase() === name)
      .map(([, value]) => (signer.trims ? value.trim().replace(/ +/g, " ") : value))
      .join(",");
  };
  const sorted = [...new Set(names)].toSorted();
  const listed = signer.sortsNames ? sorted : sorted.toReversed();
  const canonical = [
    signer.method ?? plan.method,
    canonicalPath(plan.path, signer),
    canonicalQuery(plan.query, signer),
    ...listed.map((name) => `${name}:${valueOf(name)}`),
    "",
    listed.join(";"),
    payloadHash,
  ].join("\n");
  const scope = [
    signer.scopeDate ?? date.slice(0, 8),
    signer.region ?? plan.region,
    signer.service ?? plan.service,
    "aws4_request",
  ];
  let key: Uint8Array = Buffer.from(`AWS4${signer.secret}`);
  for (const part of scope) key = hmac(key, part);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope.join("/"), hash(canonical)].join("\n")).toString("hex");
  const credential = [plan.credentials.accessKeyId, ...scope].join("/");
  headers.push([
    "authorization",
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${listed.join(";")}, Signature=${signature}`,
  ]);
  const sent: MutableRequest = {
    method: plan.method,
    target: plan.query === "" ? plan.path : `${plan.path}?${plan.query}`,
    headers,
    body: plan.body,
  };
  for (const change of plan.afterwards) change(sent);
  const known = [plan.credentials, ...plan.others];
  return {
    request: { ...sent, httpVersion: "1.1" },
    options: {
      credentials: (id) => known.find(({ accessKeyId }) => accessKeyId === id),
      otherCredentials: plan.others,
      service: plan.service,
      region: plan.region,
      now: plan.time,
      allowUnsignedPayload: plan.allowUnsignedPayload,
    },
    fingerprint: JSON.stringify([
      canonical,
      scope,
      signer.secret,
      sent.method,
      sent.target,
      sent.headers.slice(0, -1).filter(([name]) => name !== "authorization"),
      hash(sent.body),
    ]),
  };
}

function canonicalPath(path: string, { encodings, normalizes, path: write }: Signer): string {
  if (write !== undefined) return write(path);
  let text = normalizes ? normalize(path) : path;
  for (let count = 0; count < encodings; count++) text = text.split("/").map(encode).join("/");
  return text;
}

/** RFC 3986, section 5.2.4, and empty segments removed. */
function normalize(path: string): string {
  const output: string[] = [];
  const input = path.split("/");
  for (const segment of input) {
    if (segment === "..") output.pop();
    else if (segment !== "." && segment !== "") output.push(segment);
  }
  const closed = ["", ".", ".."].includes(input.at(-1) ?? "") && output.length > 0;
  return `/${output.join("/")}${closed ? "/" : ""}`;
}

function canonicalQuery(query: string, { sortsQuery, query: rewrite }: Signer): string {
  const given = rewrite === undefined ? query : rewrite(query);
  const pairs = given.split("&").filter((pair) => pair !== "");
  if (!sortsQuery) return pairs.join("&");
  const split = pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const);
  const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return split
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}
