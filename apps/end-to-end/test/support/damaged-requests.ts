import { generateShortTermKey } from "@claude-on-aws/auth";
import { type AwsCredentials, headerValue, presignRequest, type WireRequest } from "@claude-on-aws/auth/sigv4";
import type { Random } from "@claude-on-aws/fixtures";
import { SignatureV4 } from "@smithy/signature-v4";
import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";

const LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** What may happen to a request between its signature and whoever verifies it. */
export const DAMAGE_NAMES = [
  "none",
  "method",
  "path-decoded",
  "path-encoded",
  "path-prefix",
  "path-doubled-slash",
  "query-added",
  "query-reordered",
  "body-changed",
  "body-dropped",
  "body-unsigned",
  "content-type-rewritten",
  "multipart",
  "signed-header-dropped",
  "signed-header-doubled",
  "signed-header-appended",
  "unsigned-header-added",
  "host-rewritten",
  "host-with-port",
  "date-late",
  "date-dropped",
  "date-malformed",
  "scope-region",
  "scope-service",
  "scope-terminator",
  "key-id-unknown",
  "signature-cut",
  "signature-wrong",
  "authorization-cut",
  "authorization-twice",
  "authorization-scheme",
  "signed-headers-unsorted",
  "token-dropped",
  "token-wrong",
  "key-beside",
  "key-instead",
  "bearer-instead",
  "nothing-instead",
  "in-the-query",
  "presigned",
  "presigned-without-expiry",
  "presigned-and-damaged",
] as const;

/** One of {@link DAMAGE_NAMES}. */
export type DamageName = (typeof DAMAGE_NAMES)[number];

/** A request that was signed, or carries a key, and what was done to it afterwards. */
export interface DamagedRequest {
  readonly damage: DamageName;
  readonly request: WireRequest;
}

/** Everything that is known about who may send: both sides of a comparison know the same. */
export const KNOWN_CREDENTIALS: readonly AwsCredentials[] = [
  { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  {
    accessKeyId: "ASIATEMPORARY",
    secretAccessKey: "c2VjcmV0IG9mIHRlbXBvcmFyeSBjcmVkZW50aWFs",
    sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE/token+of==",
  },
  // One ID that occurs with and without a token.
  { accessKeyId: "AKIDBOTHWAYS", secretAccessKey: "b25lIElEIHRoYXQgb2NjdXJzIGJvdGggd2F5cy4u" },
  {
    accessKeyId: "AKIDBOTHWAYS",
    secretAccessKey: "b25lIElEIHRoYXQgb2NjdXJzIGJvdGggd2F5cy4u",
    sessionToken: "FwoGZXIvYXdzEXAMPLE//////////both==",
  },
];

/** The clock of whoever verifies. */
export const NOW: Date = new Date("2026-11-21T12:00:00Z");

class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as Uint8Array);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    // Each signature makes its own.
  }
}

interface Service {
  readonly name: string;
  readonly host: (region: string) => string;
  readonly targets: readonly (readonly [method: string, target: string])[];
}

const ARN = encodeURIComponent("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl");

const SERVICES: readonly Service[] = [
  {
    name: "aws-external-anthropic",
    host: (region) => `aws-external-anthropic.${region}.api.aws`,
    targets: [
      ["POST", "/v1/messages"],
      ["POST", "/v1/messages?beta=true"],
      ["GET", "/v1/models?limit=5&after_id=claude-opus-5"],
      ["POST", "/v1/files"],
      ["GET", "/v1/agents/a%20b"],
    ],
  },
  {
    name: "bedrock",
    host: (region) => `bedrock-runtime.${region}.amazonaws.com`,
    targets: [
      ["POST", "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke"],
      ["POST", "/model/us.anthropic.claude-sonnet-4-5-20250929-v1:0/converse"],
      ["POST", `/model/${ARN}/invoke-with-response-stream`],
    ],
  },
  {
    name: "bedrock",
    host: (region) => `bedrock.${region}.amazonaws.com`,
    targets: [["GET", "/inference-profiles?type=SYSTEM_DEFINED&maxResults=10"]],
  },
  {
    name: "bedrock-mantle",
    host: (region) => `bedrock-mantle.${region}.api.aws`,
    targets: [["POST", "/anthropic/v1/messages"]],
  },
];

const REGIONS = ["us-east-1", "eu-west-1", "ap-southeast-2"];

/** What is on its way to be sent. */
interface Draft {
  method: string;
  target: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

const valueOf = ({ headers }: Draft, name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1];

function setHeader(draft: Draft, name: string, value: string): void {
  const found = draft.headers.find(([key]) => key.toLowerCase() === name);
  if (found === undefined) draft.headers.push([name, value]);
  else found[1] = value;
}

function dropHeader(draft: Draft, name: string): void {
  draft.headers = draft.headers.filter(([key]) => key.toLowerCase() !== name);
}

function editAuthorization(draft: Draft, edit: (value: string) => string): void {
  setHeader(draft, "authorization", edit(valueOf(draft, "authorization") ?? ""));
}

type Damage = (draft: Draft, random: Random) => void | Promise<void>;

const key = (family: "anthropic-aws" | "bedrock", random: Random): Promise<string> =>
  generateShortTermKey({
    credentials: random.pick(KNOWN_CREDENTIALS),
    family,
    region: random.pick(REGIONS),
    date: NOW,
    expiresInSeconds: random.pick([1, 900, 43_200]),
  });

async function withKey(draft: Draft, random: Random, header: "x-api-key" | "authorization"): Promise<void> {
  dropHeader(draft, "authorization");
  const family = random.pick(["anthropic-aws", "bedrock"] as const);
  const made = random.pick([
    await key(family, random),
    `${await key(family, random)}x`,
    `ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`,
    btoa("\0@\0AeaApiKey-abcd-at-123456789012:secret"),
    "bedrock-api-key-TEST",
    "AEAA-not-base64!",
    `sk-ant-${"api03"}-${random.text(LETTERS_AND_DIGITS, 24)}`,
    "a key with space",
    random.text(LETTERS_AND_DIGITS, 20),
  ]);
  const scheme = random.pick(["Bearer ", "bearer ", "BEARER  "]);
  draft.headers.push([header, header === "authorization" ? `${scheme}${made}` : made]);
}

/** What is done to a request between its signature and whoever verifies it. */
const DAMAGES: Readonly<Record<Exclude<DamageName, `presigned${string}`>, Damage>> = {
  none: () => {},
  method: (draft, random) => void (draft.method = random.pick(["PUT", "PATCH", "DELETE"])),
  "path-decoded": (draft) => void (draft.target = draft.target.replaceAll("%3A", ":").replaceAll("%20", "+")),
  "path-encoded": (draft) => void (draft.target = draft.target.replaceAll(":", "%3A").replaceAll("%2F", "/")),
  "path-prefix": (draft) => void (draft.target = `/gateway${draft.target}`),
  "path-doubled-slash": (draft) => void (draft.target = `/${draft.target}`),
  "query-added": (draft) => void (draft.target += draft.target.includes("?") ? "&zz=1" : "?zz=1"),
  "query-reordered": (draft) => {
    const [path, query = ""] = draft.target.split("?");
    draft.target = query === "" ? `${path}` : `${path}?${query.split("&").toReversed().join("&")}`;
  },
  "body-changed": (draft) => void (draft.body = new TextEncoder().encode(`${new TextDecoder().decode(draft.body)} `)),
  "body-dropped": (draft) => void (draft.body = new Uint8Array()),
  "body-unsigned": (draft) => setHeader(draft, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
  "content-type-rewritten": (draft) => setHeader(draft, "content-type", "application/json; charset=utf-8"),
  multipart: (draft) => {
    setHeader(draft, "content-type", "multipart/mixed; boundary=x");
    setHeader(draft, "x-amz-content-sha256", "UNSIGNED-PAYLOAD");
  },
  "signed-header-dropped": (draft, random) => dropHeader(draft, random.pick(["x-stainless-lang", "anthropic-version"])),
  "signed-header-doubled": (draft) => void draft.headers.push(["x-stainless-lang", "js"]),
  "signed-header-appended": (draft) =>
    setHeader(draft, "x-stainless-lang", `${valueOf(draft, "x-stainless-lang")}, 10.0.0.1`),
  "unsigned-header-added": (draft) => void draft.headers.push(["x-forwarded-for", "10.0.0.1"]),
  "host-rewritten": (draft) => setHeader(draft, "host", "gateway.example.com"),
  "host-with-port": (draft) => setHeader(draft, "host", `${valueOf(draft, "host")}:443`),
  "date-late": (draft) => setHeader(draft, "x-amz-date", "20261121T121000Z"),
  "date-dropped": (draft) => dropHeader(draft, "x-amz-date"),
  "date-malformed": (draft) => setHeader(draft, "x-amz-date", "2026-11-21T12:00:00Z"),
  "scope-region": (draft) => editAuthorization(draft, (value) => value.replace(/\/[a-z]+-[a-z]+-\d\//, "/us-west-2/")),
  "scope-service": (draft, random) =>
    editAuthorization(draft, (value) =>
      value.replace(/\/[a-z-]+\/aws4_request/, `/${random.pick(["s3", "bedrock", "bedrock-mantle"])}/aws4_request`),
    ),
  "scope-terminator": (draft) => editAuthorization(draft, (value) => value.replace("aws4_request", "aws5_request")),
  "key-id-unknown": (draft) =>
    editAuthorization(draft, (value) => value.replace(/Credential=\w+/, "Credential=AKIDUNKNOWN")),
  "signature-cut": (draft) => editAuthorization(draft, (value) => value.slice(0, -1)),
  "signature-wrong": (draft) => editAuthorization(draft, (value) => value.replace(/.{4}$/, "0000")),
  "authorization-cut": (draft, random) =>
    editAuthorization(draft, (value) => value.slice(0, random.below(value.length))),
  "authorization-twice": (draft) => void draft.headers.push(["Authorization", valueOf(draft, "authorization") ?? ""]),
  "authorization-scheme": (draft) =>
    editAuthorization(draft, (value) => value.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")),
  "signed-headers-unsorted": (draft) =>
    editAuthorization(draft, (value) =>
      value.replace(
        /SignedHeaders=([^,]+)/,
        (_, names: string) => `SignedHeaders=${names.split(";").toReversed().join(";")}`,
      ),
    ),
  "token-dropped": (draft) => dropHeader(draft, "x-amz-security-token"),
  "token-wrong": (draft) => setHeader(draft, "x-amz-security-token", "another-token"),
  "key-beside": (draft) => void draft.headers.push(["x-api-key", "key"]),
  "key-instead": (draft, random) => withKey(draft, random, "x-api-key"),
  "bearer-instead": (draft, random) => withKey(draft, random, "authorization"),
  "nothing-instead": (draft) => dropHeader(draft, "authorization"),
  "in-the-query": (draft) => {
    const value = valueOf(draft, "authorization") ?? "";
    dropHeader(draft, "authorization");
    const credential = /Credential=([^,]+)/.exec(value)?.[1] ?? "";
    const signature = /Signature=(\w+)/.exec(value)?.[1] ?? "";
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20261121T120000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
    draft.target += `${draft.target.includes("?") ? "&" : "?"}${query}`;
  },
};

/** What is done to a request whose signature is in its query. */
const QUERY_DAMAGES: readonly Damage[] = [
  (draft, random) => void (draft.method = random.pick(["PUT", "PATCH"])),
  (draft) => void (draft.target = draft.target.replace("?", "/x?")),
  (draft) => void (draft.target += "&zz=1"),
  (draft) =>
    void (draft.target = draft.target.replace(
      /\?(.*)/,
      (_, query: string) => `?${query.split("&").toReversed().join("&")}`,
    )),
  (draft) => void (draft.target = draft.target.replaceAll("%2F", "/")),
  (draft) => void (draft.body = new TextEncoder().encode(`${new TextDecoder().decode(draft.body)} `)),
  (draft) => setHeader(draft, "host", "gateway.example.com"),
  (draft) => setHeader(draft, "x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
  (draft, random) => dropParameter(draft, random.pick(QUERY_PARAMETERS)),
  (draft, random) => setParameter(draft, "X-Amz-Expires", random.pick(["0", "1", "604801", "x", "1e3"])),
  (draft, random) => setParameter(draft, "X-Amz-Date", random.pick(["20261121T114000Z", "20261121T121000Z", "today"])),
  (draft, random) =>
    setParameter(draft, "X-Amz-Credential", random.pick(["a", "AKID/20261121/us-east-1/s3/aws4_request"])),
  (draft, random) => setParameter(draft, "X-Amz-SignedHeaders", random.pick(["", "accept;host", "accept"])),
  (draft, random) => setParameter(draft, "X-Amz-Signature", random.pick(["", "00", "[redacted]"])),
  (draft) => setParameter(draft, "X-Amz-Security-Token", "another"),
  (draft) => void (draft.target = draft.target.replace("X-Amz-Signature", "x-amz-signature")),
  (draft) => void draft.headers.push(["x-api-key", "key"]),
];

const QUERY_PARAMETERS = [
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
];

function dropParameter(draft: Draft, name: string): void {
  draft.target = draft.target.replace(new RegExp(`[?&]${name}=[^&]*`), "");
}

function setParameter(draft: Draft, name: string, value: string): void {
  draft.target = draft.target.replace(
    new RegExp(`([?&]${name}=)[^&]*`),
    (_, start: string) => start + encodeURIComponent(value),
  );
}

/** A request that is to be signed in its query. */
interface Unsigned {
  readonly draft: Draft;
  readonly host: string;
  readonly credentials: Key;
  readonly region: string;
  readonly service: string;
}

type Key = Pick<AwsCredentials, "accessKeyId" | "secretAccessKey"> & { readonly sessionToken?: string };

/** A request as the signer of AWS's SDK takes it. */
function toSignerRequest({ method, target, headers, body }: Draft, hostname: string) {
  const [path = "", query = ""] = target.split("?");
  return {
    method,
    protocol: "https:",
    hostname,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: Object.fromEntries(headers),
    body,
  };
}

/** Signs a request in its query, with AWS's signer, or without an end with our own: theirs always writes one. */
async function signInQuery({ draft, host, credentials, region, service }: Unsigned, hasExpiry: boolean): Promise<void> {
  const { method, target, headers, body } = draft;
  if (!hasExpiry) {
    const presigned = await presignRequest(
      { method, target, headers, body, httpVersion: "1.1" },
      // As AWS's signer does: what stands in the header is what is signed.
      {
        credentials,
        region,
        service,
        date: NOW,
        expiresInSeconds: null,
        payloadHash: headerValue(headers, "x-amz-content-sha256"),
      },
    );
    draft.target = presigned.target;
    return;
  }
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const forSigner = toSignerRequest({ method, target, headers, body }, host);
  const presigned = await signer.presign(forSigner, { signingDate: NOW, expiresIn: 300 });
  const parameters = Object.entries(presigned.query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  draft.target = `${forSigner.path}?${parameters.join("&")}`;
  draft.headers = Object.entries(presigned.headers).map(([name, value]) => [name, String(value)]);
}

/** Signs a request with the signer of AWS's SDK, and damages it. */
export async function makeDamagedRequest(random: Random, damage: DamageName): Promise<DamagedRequest> {
  const service = random.pick(SERVICES);
  const region = random.pick(REGIONS);
  const [method, target] = random.pick(service.targets);
  const host = random.pick([service.host(region), service.host(region), "127.0.0.1:4242", "localhost"]);
  const isUpload = target === "/v1/files";
  const body = new TextEncoder().encode(
    method === "POST" ? `{"max_tokens":1,"text":"${random.text(LETTERS_AND_DIGITS, random.below(40))}"}` : "",
  );
  const headers: Record<string, string> = {
    host,
    "x-stainless-lang": "js",
    "anthropic-version": "2023-06-01",
    ...(method === "POST" ? { "content-type": isUpload ? "multipart/form-data; boundary=x" : "application/json" } : {}),
    ...(service.name === "aws-external-anthropic" ? { "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj" } : {}),
    ...(isUpload && random.below(2) === 0 ? { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } : {}),
  };
  const { accessKeyId, secretAccessKey, sessionToken } = random.pick(KNOWN_CREDENTIALS);
  const credentials: Key = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  const unsigned: Draft = { method, target, headers: Object.entries(headers), body };
  if (damage.startsWith("presigned")) {
    const hasExpiry = damage === "presigned" || (damage === "presigned-and-damaged" && random.below(2) === 0);
    await signInQuery({ draft: unsigned, host, credentials, region, service: service.name }, hasExpiry);
    if (damage === "presigned-and-damaged") await random.pick(QUERY_DAMAGES)(unsigned, random);
    return { damage, request: { ...unsigned, httpVersion: "1.1" } };
  }
  const signer = new SignatureV4({
    credentials,
    region,
    service: service.name,
    sha256: Sha256,
    applyChecksum: random.below(2) === 0,
  });
  const signed = await signer.sign(toSignerRequest(unsigned, host), { signingDate: NOW });
  const draft: Draft = { method, target, headers: Object.entries(signed.headers), body };
  await DAMAGES[damage as keyof typeof DAMAGES](draft, random);
  return { damage, request: { ...draft, httpVersion: "1.1" } };
}
