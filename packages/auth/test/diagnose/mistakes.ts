import type { Random } from "@claude-on-aws/fixtures";
import { createHash } from "node:crypto";
import type { DiagnosisCode } from "../../src/diagnose/index.ts";
import type { MutableRequest, Plan } from "./plan.ts";

/** Makes a mistake in a plan; `false` where it cannot occur, or leaves nothing to know it by. */
export type MakeMistake = (plan: Plan, random: Random) => boolean;

const isSent = (plan: Plan, name: string): boolean => plan.headers.some(([key]) => key.toLowerCase() === name);
const isSigned = (plan: Plan, name: string): boolean => plan.signedNames.includes(name) && isSent(plan, name);
const isUntouched = (plan: Plan, name: string): boolean =>
  isSigned(plan, name) && plan.signer.values[name] === undefined && !touched.get(plan)?.has(name);

/** Headers that an earlier mistake has changed: what two mistakes do to one header cannot be told apart. */
const touched = new WeakMap<Plan, Set<string>>();
function touch(plan: Plan, name: string): void {
  const names = touched.get(plan) ?? new Set();
  touched.set(plan, names.add(name));
}

const setHeader = (name: string, value: string) => (request: MutableRequest) => {
  request.headers = request.headers.map(([key, old]) => [key, key.toLowerCase() === name ? value : old]);
};

/** What proxies and libraries make of a header. */
const REWRITES: Readonly<Record<string, readonly string[]>> = {
  accept: ["*/*", "application/json", "text/event-stream", "application/json, text/event-stream"],
  "content-type": [
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "text/plain;charset=UTF-8",
  ],
  "accept-encoding": ["gzip", "identity", "gzip, deflate, br", "br", "gzip, deflate, br, zstd"],
  connection: ["close", "upgrade", "Keep-Alive"],
};

const bodyIsFree = (plan: Plan): boolean => plan.signer.payloadHash === undefined && !touched.get(plan)?.has("body");

/** Whether the path is signed as it is meant to be: what two mistakes do to one path cannot be told apart. */
const pathIsFree = ({ signer }: Plan): boolean =>
  signer.encodings === 1 && signer.normalizes && signer.path === undefined;

/** One maker for each code, each written from what people do wrong. */
export const MISTAKES: Readonly<Partial<Record<DiagnosisCode, MakeMistake>>> = {
  PATH_ENCODED_ONCE: ({ signer }) => signer.encodings === 1 && (signer.encodings = 0) === 0,
  PATH_ENCODED_THRICE: ({ signer }) => signer.encodings === 1 && (signer.encodings = 2) === 2,
  PATH_NOT_NORMALIZED: (plan, random) => {
    const segments = plan.path.split("/");
    segments.splice(1 + random.below(segments.length - 1), 0, random.pick(["", ".", "", "x/.."]));
    plan.path = segments.join("/");
    plan.signer.normalizes = false;
    return true;
  },
  PATH_PREFIX_REMOVED: (plan, random) => {
    if (!pathIsFree(plan)) return false;
    const prefix = random.pick(["/bedrock", "/aws", "/llm", "/api/bedrock", "/prod"]);
    plan.path = `${prefix}${plan.path}`;
    plan.afterwards.push((request) => (request.target = request.target.slice(prefix.length)));
    return true;
  },
  PATH_PREFIX_ADDED: (plan, random) => {
    if (!pathIsFree(plan)) return false;
    const prefix = random.pick(["/team-a", "/llm/team-b", "/bedrock"]);
    plan.afterwards.push((request) => (request.target = `${prefix}${request.target}`));
    return true;
  },
  PATH_RECODED: (plan, random) => {
    // Without the slash of an ARN, what was decoded on the way looks like what was encoded once too often.
    if (!pathIsFree(plan) || !/arn(?::|%3A).*%2F/.test(plan.path)) return false;
    const decode = random.pick([
      (path: string) => path.replaceAll("%2F", "/"),
      (path: string) => path.replaceAll("%2F", "/").replaceAll("%3A", ":"),
      (path: string) => path.replaceAll("%2F", "%2f").replaceAll("%3A", "%3a"),
    ]);
    const { path } = plan;
    plan.afterwards.push((request) => (request.target = request.target.replace(path, decode(path))));
    return true;
  },
  PATH_SIGNED_DECODED: (plan, random) => {
    if (!pathIsFree(plan) || !plan.path.includes("%2F")) return false;
    plan.signer.path = random.pick([
      decodeURIComponent,
      (path: string) => decodeURIComponent(path).split("/").map(encodeURIComponent).join("/"),
    ]);
    return true;
  },
  QUERY_NOT_SORTED: ({ signer }) => signer.sortsQuery && !(signer.sortsQuery = false),
  QUERY_PLUS_FOR_SPACE: (plan, random) => {
    if (!plan.query.includes("%20") || plan.signer.query !== undefined) return false;
    if (random.oneIn(2)) {
      plan.signer.query = (query) => query.replaceAll("%20", "+");
      return true;
    }
    // The signer encodes, the HTTP library writes a form.
    plan.afterwards.push((request) => {
      const at = request.target.indexOf("?");
      request.target = request.target.slice(0, at) + request.target.slice(at).replaceAll("%20", "+");
    });
    return true;
  },
  QUERY_DROPPED: (plan, random) => {
    if (plan.signer.query !== undefined) return false;
    if (plan.query !== "" && random.oneIn(2)) {
      plan.signer.query = () => "";
      return true;
    }
    plan.afterwards.push((request) => {
      request.target += `${request.target.includes("?") ? "&" : "?"}${random.pick(["beta=true", "zz=1", "a=b"])}`;
    });
    return true;
  },
  HOST_WITHOUT_PORT: (plan) => {
    const host = plan.headers[0]?.[1] ?? "";
    if (!/:\d+$/.test(host) || plan.signer.host !== undefined) return false;
    plan.signer.host = host.replace(/:\d+$/, "");
    return true;
  },
  HOST_REWRITTEN: (plan, random) => {
    const host = plan.headers[0];
    if (host === undefined || plan.signer.host !== undefined || touched.get(plan)?.has("host")) return false;
    if (!host[1].endsWith(".api.aws") && !host[1].endsWith(".amazonaws.com")) return false;
    touch(plan, "host");
    plan.afterwards.push(setHeader("host", random.pick(["127.0.0.1:4242", "localhost:8080", "proxy.example.com"])));
    return true;
  },
  HEADER_APPENDED: (plan, random) => {
    const name = random.pick(["x-forwarded-for", "via", "forwarded"]);
    const address = (): string => Array.from({ length: 4 }, () => 1 + random.below(250)).join(".");
    const separator = random.pick([",", ", "]);
    const hops = Array.from({ length: 1 + random.below(3) }, address);
    plan.headers.push([name, hops.join(separator)]);
    plan.signedNames.push(name);
    const added = Array.from({ length: 1 + random.below(2) }, address);
    const isLine = random.oneIn(3);
    plan.afterwards.push((request) => {
      if (isLine) request.headers.push([name, added.join(", ")]);
      else setHeader(name, [hops.join(separator), ...added].join(random.pick([",", ", "])))(request);
    });
    return true;
  },
  HEADER_REWRITTEN: (plan, random) => {
    const names = Object.keys(REWRITES).filter((name) => isUntouched(plan, name));
    if (names.length === 0) return false;
    const name = random.pick(names);
    touch(plan, name);
    const own = plan.headers.find(([key]) => key === name)?.[1];
    plan.afterwards.push(setHeader(name, random.pick((REWRITES[name] ?? []).filter((value) => value !== own))));
    return true;
  },
  HEADER_DUPLICATED: (plan, random) => {
    const names = ["content-type", "anthropic-version", "x-app"].filter((name) => isUntouched(plan, name));
    if (names.length === 0) return false;
    const name = random.pick(names);
    touch(plan, name);
    const joins = random.oneIn(2);
    plan.afterwards.push((request) => {
      const value = request.headers.find(([key]) => key === name)?.[1] ?? "";
      if (joins) setHeader(name, `${value}, ${value}`)(request);
      else request.headers.splice(random.below(request.headers.length), 0, [name.toUpperCase(), value]);
    });
    return true;
  },
  HEADER_WHITESPACE_KEPT: (plan, random) => {
    const names = ["x-app", "x-note", "content-type"].filter((name) => isUntouched(plan, name));
    if (names.length === 0) return false;
    const name = random.pick(names);
    touch(plan, name);
    plan.signer.trims = false;
    const change = random.pick([
      (text: string) => ` ${text}`,
      (text: string) => `${text}  `,
      (text: string) => `${text}   x`,
    ]);
    plan.headers = plan.headers.map(([key, value]) => [key, key === name ? change(value) : value]);
    return true;
  },
  SIGNED_HEADERS_UNSORTED: ({ signer }) => signer.sortsNames && !(signer.sortsNames = false),
  SIGNED_HEADER_MISSING: (plan, random) => {
    const names = ["accept", "content-type", "x-app", "anthropic-version"].filter((name) => isUntouched(plan, name));
    if (names.length === 0) return false;
    const name = random.pick(names);
    touch(plan, name);
    plan.afterwards.push(
      (request) => (request.headers = request.headers.filter(([key]) => key.toLowerCase() !== name)),
    );
    return true;
  },
  BODY_CHANGED: (plan, random) => {
    if (!plan.signedNames.includes("x-amz-content-sha256") || !bodyIsFree(plan) || plan.body.length === 0) return false;
    touch(plan, "body");
    plan.afterwards.push((request) => {
      const body = random.oneIn(3) ? new Uint8Array(request.body.length + 1) : request.body.slice();
      const at = random.below(body.length);
      body[at] = ((body[at] ?? 0) + 1) & 0xff;
      request.body = random.oneIn(5) ? new Uint8Array() : body;
    });
    return true;
  },
  BODY_HASH_OF_EMPTY: (plan) => {
    if (plan.body.length === 0 || !bodyIsFree(plan)) return false;
    touch(plan, "body");
    plan.signer.payloadHash = createHash("sha256").update("").digest("hex");
    return true;
  },
  BODY_UNSIGNED: (plan) => {
    if (!bodyIsFree(plan)) return false;
    touch(plan, "body");
    plan.signer.payloadHash = "UNSIGNED-PAYLOAD";
    return true;
  },
  METHOD_CHANGED: (plan, random) => {
    if (plan.signer.method !== undefined) return false;
    plan.signer.method = random.pick(
      ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"].filter((each) => each !== plan.method),
    );
    return true;
  },
  WRONG_SERVICE: ({ signer, service }, random) => {
    signer.service = random.pick([
      "s3",
      "execute-api",
      "bedrock",
      "bedrock-runtime",
      "bedrock-mantle",
      "claude",
      "aws-external-anthropic",
    ]);
    return signer.service !== service;
  },
  WRONG_REGION: ({ signer, region }, random) => {
    signer.region = random.pick(["us-east-1", "us-west-2", "eu-west-1", "mars-north-1", "global"]);
    return signer.region !== region;
  },
  CLOCK_SKEW: (plan, random) => {
    const minutes = (6 + random.below(100_000)) * (random.oneIn(2) ? 1 : -1);
    plan.signer.clock = new Date(plan.time.getTime() + minutes * 60_000);
    return true;
  },
  DATE_NOT_IN_SCOPE: (plan, random) => {
    const days = (1 + random.below(30)) * (random.oneIn(2) ? 1 : -1);
    const time = plan.signer.clock ?? plan.time;
    plan.signer.scopeDate = new Date(time.getTime() + days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
    return true;
  },
  SESSION_TOKEN_MISSING: (plan) => {
    if (plan.credentials.sessionToken === undefined || plan.signer.skipsTokenHeader) return false;
    plan.signer.skipsTokenHeader = true;
    plan.afterwards.push(
      (request) => (request.headers = request.headers.filter(([key]) => key !== "x-amz-security-token")),
    );
    return true;
  },
  SESSION_TOKEN_NOT_SIGNED: (plan) => {
    if (plan.credentials.sessionToken === undefined || plan.signer.skipsTokenHeader) return false;
    return (plan.signer.skipsTokenHeader = true);
  },
  SECRET_WHITESPACE: ({ signer }, random) => {
    if (signer.secret.trim() !== signer.secret) return false;
    signer.secret = random.pick([
      `${signer.secret}\n`,
      `${signer.secret} `,
      ` ${signer.secret}`,
      `${signer.secret}\r\n`,
      `\t${signer.secret}`,
    ]);
    return true;
  },
  SECRET_URL_ENCODED: ({ signer }) => {
    if (signer.secret.includes("%")) return false;
    const before = signer.secret;
    signer.secret = encodeURIComponent(signer.secret);
    return signer.secret !== before;
  },
  SECRET_OF_OTHER_KEY: (plan, random) => {
    if (plan.others.length === 0 || plan.signer.secret !== plan.credentials.secretAccessKey) return false;
    plan.signer.secret = random.pick(plan.others).secretAccessKey;
    return true;
  },
};
