import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { formatAmzDate } from "../sigv4/amz-date.ts";
import { bodyHashOf, HASH_OF_EMPTY } from "../sigv4/body-hash.ts";
import { canonicalPath } from "../sigv4/canonical-path.ts";
import { canonicalQuery } from "../sigv4/canonical-query.ts";
import { splitRequestTarget } from "../sigv4/canonical-request.ts";
import { canonicalValue } from "../sigv4/canonical-value.ts";
import { UNSIGNED_PAYLOAD } from "../sigv4/sign-request.ts";
import {
  type SignedRequest,
  firstValue,
  type RefusalCode,
  readSignedRequest,
  signedValuesOf,
  type VerifyOptions,
  verifyRequest,
} from "../sigv4/verify-request.ts";
import { headerValue, type WireRequest } from "../sigv4/wire-request.ts";
import { headerAlternatives, type ReceivedHeader } from "./alternatives/headers.ts";
import { hostAlternatives } from "./alternatives/host.ts";
import { methodAlternatives } from "./alternatives/method.ts";
import { pathPrefixAlternatives } from "./alternatives/path-prefix.ts";
import { pathAlternatives } from "./alternatives/path.ts";
import { payloadAlternatives } from "./alternatives/payload.ts";
import { queryAlternatives } from "./alternatives/query.ts";
import { recodedPathAlternatives } from "./alternatives/recoded-path.ts";
import { scopeAlternatives } from "./alternatives/scope.ts";
import { secretAlternatives } from "./alternatives/secret.ts";
import { type DiagnosisCode, DIAGNOSIS_TABLE } from "./codes.ts";
import { COPIED_FROM, ORIGINAL_TARGET_HEADERS } from "./gateway-values.ts";
import { HEADER_VALUES } from "./known-values.ts";
import type { Alternative, FoundMistake, Parts } from "./parts.ts";
import { formatParts, searchMistakes, SignatureSearch } from "./search.ts";
import { isRedacted } from "./is-redacted.ts";
import { type OpenQuestion, openQuestions } from "./open-questions.ts";
import { lostHeaders, missingHeaders, structuralMistakes } from "./structural-mistakes.ts";

/** Options for {@link diagnoseMismatch}. */
export interface DiagnoseOptions extends VerifyOptions {
  /**
   * Credentials of other keys, whose secrets may have been mixed up with this one's; the first 20 are tried.
   *
   * @default {[]}
   */
  readonly otherCredentials?: readonly AwsCredentials[] | undefined;
  /**
   * Other hosts that the request may have been signed for, such as that of a gateway.
   *
   * @default {[]}
   */
  readonly hosts?: readonly string[] | undefined;
  /**
   * Prefixes of the path that a gateway may have taken off, such as `/llm/bedrock`; the first 8 are tried.
   *
   * @default {[]}
   */
  readonly pathPrefixes?: readonly string[] | undefined;
  /**
   * How many signatures are computed at most. No more than 4 KiB are written down for each of them on average: of a larger
   * request fewer are tried.
   *
   * @default {2000}
   */
  readonly maxCandidates?: number | undefined;
}

/** A mistake that was found in a request. */
export interface Mistake {
  /** Stable name of the mistake. */
  readonly code: DiagnosisCode;
  /** What happened, in plain words; holds no secret. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** The header that it concerns, in lower case. */
  readonly header?: string;
  /** What was signed, where it differs from what was received and may be shown. */
  readonly signed?: string;
  /** What was received, or expected, in its place. */
  readonly received?: string;
}

/** What {@link diagnoseMismatch} finds. */
export interface Diagnosis {
  /** Whether the request is right; there are no mistakes then. */
  readonly ok: boolean;
  /** Everything that is wrong; `UNKNOWN` among it where the signature stays unexplained. */
  readonly mistakes: readonly Mistake[];
  /** Mistakes that were looked for and are not the cause. */
  readonly ruledOut: readonly DiagnosisCode[];
  /** What cannot be excluded where the signature stays unexplained, and what would decide; else empty. */
  readonly open: readonly OpenQuestion[];
  /** How many signatures were computed. */
  readonly candidates: number;
  /** What should have been signed, where the header could be read. Holds header values. */
  readonly canonicalRequest?: string;
  /** What was signed instead, where it was found. */
  readonly signedCanonicalRequest?: string;
}

const MAX_CANDIDATES = 2000;
const MAX_BASES = 12;

/**
 * Says why a signature is wrong: tries the known mistakes, alone and in pairs,
 * and names those that make it match.
 *
 * A mistake is named only where the signature proves it, or where it is plain
 * from the headers. The body is hashed once.
 *
 * @example Usage
 * ```ts
 * import { diagnoseMismatch } from "@claude-on-aws/auth/diagnose";
 * import { signRequest } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
 * const signed = await signRequest(
 *   { method: "GET", target: "/v1/models", headers: [["host", "127.0.0.1"]], httpVersion: "1.1", body: new Uint8Array() },
 *   { credentials, region: "us-east-1", service: "aws-external-anthropic" },
 * );
 * const { mistakes } = await diagnoseMismatch({ ...signed, method: "POST" }, { credentials: () => credentials });
 * equal(mistakes[0]?.code, "METHOD_CHANGED");
 * ```
 *
 * @param request The request as it was received.
 * @param options What the verifier knows, and how long it looks.
 * @returns What is wrong with it; never throws on what a client sent.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html | Troubleshoot Signature Version 4}
 */
export async function diagnoseMismatch(request: WireRequest, options: DiagnoseOptions): Promise<Diagnosis> {
  const bodySha256 = await bodyHashOf(request, options);
  const isMissing = options.bodyMissing === true && options.bodySha256 === undefined;
  const asked = { ...options, now: options.now ?? new Date(), bodySha256 };
  const signed = readSignedRequest(request, asked);
  if ("ok" in signed) {
    const code = unreadableCode(request, signed.code);
    return { ok: false, mistakes: [describe({ code })], ruledOut: [], open: [], candidates: 0 };
  }
  const verdict = await verifyRequest(request, asked);
  if (verdict.ok) return { ok: true, mistakes: [], ruledOut: [], open: [], candidates: 1 };

  const credentials = options.credentials(signed.authorization.accessKeyId);
  const structural = [...structuralMistakes(signed, credentials)];
  if (structural.some(({ code }) => code === "SIGNATURE_REDACTED")) {
    return { ok: false, mistakes: unique(structural).map(describe), ruledOut: [], open: [], candidates: 0 };
  }
  const header = firstValue(signed.headers, "x-amz-content-sha256")?.trim();
  if (header === UNSIGNED_PAYLOAD && options.allowUnsignedPayload === false) structural.push({ code: "BODY_UNSIGNED" });
  const signsHash = header === bodySha256 && signed.authorization.signedHeaders.includes("x-amz-content-sha256");
  const isUnknown = isMissing && !signsHash && header !== UNSIGNED_PAYLOAD;
  if (isUnknown) structural.push({ code: "BODY_NOT_RECORDED" });
  const received = receivedHeaders(signed);
  const expected = header === UNSIGNED_PAYLOAD ? UNSIGNED_PAYLOAD : bodySha256;
  const bases = baseParts(signed, received, credentials, expected);
  const alternatives = allAlternatives(signed, received, credentials, { bodyHash: bodySha256, expected, header });
  const limit = options.maxCandidates ?? MAX_CANDIDATES;
  // The verifier computed one already.
  const search = new SignatureSearch(signed.amzDate, signed.authorization.signature, limit - 1);
  const found =
    (await searchMistakes(search, credentials === undefined ? [] : bases, alternatives)) ??
    (await searchUnknownKey(search, bases, alternatives, credentials)) ??
    (await searchContentLength(search, bases, header, bodySha256));
  const candidates = search.count + 1;
  const [standard] = bases;
  const canonical = standard === undefined ? {} : { canonicalRequest: formatParts(withoutLost(standard, signed)) };
  if (found !== undefined) {
    // A mark that was signed as it stands is a value like any other; nor is a body missed whose hash is found.
    const proven = structural.filter(({ code }) => !SETTLED_BY_MATCH.has(code));
    const mistakes = unique([...proven, ...found.mistakes]).map(describe);
    const signedCanonicalRequest = formatParts(found.parts);
    return { ok: false, mistakes, ruledOut: [], open: [], candidates, ...canonical, signedCanonicalRequest };
  }
  const tried = alternatives
    .flatMap(({ mistakes }) => mistakes.map(({ code }) => code))
    .filter((code) => !search.leftOut.has(code));
  // Without the value of a missing header, the body, or the secret, the arithmetic says nothing.
  const isSilent =
    credentials === undefined ||
    structural.some(({ code, header: name }) => WITHOUT_VALUE.has(code) && name) ||
    isUnknown;
  if (isSilent && structural.length > 0) {
    return { ok: false, mistakes: unique(structural).map(describe), ruledOut: [], open: [], candidates, ...canonical };
  }
  const open = openQuestions({
    provesBody: signsHash,
    leavesBodyOut: header === UNSIGNED_PAYLOAD,
    changeable: received.map(({ name }) => name).filter((name) => !(UNTOUCHED.has(name) || HOST_NAMES.has(name))),
    endedBy: search.endedBy,
  });
  const excluded = signsHash && !isMissing ? [...tried, "BODY_CHANGED" as const] : tried;
  return { ...unexplained(structural, excluded, open), candidates, ...canonical };
}

/** What no longer stands in the way where the signature is explained. */
const SETTLED_BY_MATCH: ReadonlySet<DiagnosisCode> = new Set(["BODY_NOT_RECORDED", "HEADER_REDACTED"]);

/** Mistakes that leave the value of a signed header unknown. */
const WITHOUT_VALUE: ReadonlySet<DiagnosisCode> = new Set(["SIGNED_HEADER_MISSING", "HEADER_REDACTED"]);

/** What is wrong with a request of which no signature can be read. */
function unreadableCode({ target, headers }: WireRequest, code: RefusalCode): DiagnosisCode {
  if (code === "SIGNATURE_MISMATCH") return "UNKNOWN";
  if (code === "AUTHORIZATION_MISSING" && SIGNATURE_PARAMETER.test(target)) return "SIGNATURE_IN_QUERY";
  // What follows the scheme, or the name of a parameter.
  const last = headerValue(headers, "authorization")?.split(/[\s=]/).at(-1) ?? "";
  const isMarked = isRedacted(last);
  return isMarked && UNREADABLE.has(code) ? "SIGNATURE_REDACTED" : code;
}

const SIGNATURE_PARAMETER = /[?&]X-Amz-Signature=/i;
const UNREADABLE: ReadonlySet<RefusalCode> = new Set(["AUTHORIZATION_MALFORMED", "CREDENTIAL_MALFORMED"]);

function unexplained(
  structural: readonly FoundMistake[],
  tried: readonly DiagnosisCode[],
  open: readonly OpenQuestion[],
): Pick<Diagnosis, "ok" | "mistakes" | "ruledOut" | "open"> {
  const named = new Set(structural.map(({ code }) => code));
  const ruledOut = [...new Set(tried)].filter((code) => !named.has(code)).toSorted();
  const unknown = describe({ code: "UNKNOWN" });
  const message = [
    unknown.message,
    ruledOut.length === 0 ? "" : ` Ruled out: ${ruledOut.join(", ")}.`,
    ` Still open: ${open.map((question) => question.message).join("; ")}.`,
  ].join("");
  const fix = `${unknown.fix} To decide: ${open.map(({ decide }) => decide).join("; ")}.`;
  return {
    ok: false,
    mistakes: [...unique(structural).map(describe), { ...unknown, message, fix }],
    ruledOut,
    open,
  };
}

/** What is left of the parts behind a front end that takes headers away. */
function withoutLost(parts: Parts, signed: SignedRequest): Parts {
  const lost = lostHeaders(signed).map((name) => [name, ""] as const);
  return lost.length === 0 ? parts : { ...parts, headers: { ...parts.headers, ...Object.fromEntries(lost) } };
}

/** The signed headers that were received, but for the host. */
function receivedHeaders(signed: SignedRequest): readonly ReceivedHeader[] {
  const names = new Set(signed.authorization.signedHeaders.map((name) => name.toLowerCase()));
  return [...names].flatMap((name) => {
    const values = signedValuesOf(signed.headers, signed.request, name);
    if (values === undefined) return [];
    return [{ name, values: typeof values === "string" ? [values] : values }];
  });
}

/** What should have been signed, in each way in which a list that is not canonical, or lacks a value, can be read. */
function baseParts(
  signed: SignedRequest,
  received: readonly ReceivedHeader[],
  credentials: AwsCredentials | undefined,
  payloadHash: string,
): readonly Parts[] {
  const { request, authorization, signedAt } = signed;
  const { path, query } = splitRequestTarget(request.target);
  const listed = authorization.signedHeaders;
  const sorted = [...new Set(listed.map((name) => name.toLowerCase()))].toSorted();
  const scope = authorization.scope;
  const today = { ...scope, date: formatAmzDate(signedAt).slice(0, 8) };
  const base: Omit<Parts, "lineNames" | "listedNames" | "keyScope" | "textScope"> = {
    method: request.method,
    path: canonicalPath(path),
    query: canonicalQuery(query),
    headers: Object.fromEntries(received.map(({ name, values }) => [name, values.map(canonicalValue).join(",")])),
    payloadHash,
    secret: credentials?.secretAccessKey ?? "",
  };
  const lists = listed.join(";") === sorted.join(";") ? [listed] : [listed, sorted];
  const scopes = scope.date === today.date ? [scope] : [scope, today];
  const found: Parts[] = [];
  for (const headers of filledHeaders(signed, base.headers, credentials)) {
    for (const lineNames of lists) {
      for (const listedNames of lists) {
        for (const keyScope of scopes) {
          for (const textScope of scopes) {
            found.push({ ...base, headers, lineNames, listedNames, keyScope, textScope });
            if (found.length === MAX_BASES) return found;
          }
        }
      }
    }
  }
  return found;
}

/** The headers, with those that are missing filled with what they may have held. */
function filledHeaders(
  signed: SignedRequest,
  headers: Parts["headers"],
  credentials: AwsCredentials | undefined,
): readonly Parts["headers"][] {
  const missing = missingHeaders(signed);
  const [first] = missing;
  if (first === undefined) return [headers];
  const token = credentials?.sessionToken;
  if (first === "x-amz-security-token" && token !== undefined) return [{ ...headers, [first]: token }];
  const hash = signed.options.bodySha256;
  if (first === "x-amz-content-sha256" && hash !== undefined) return [{ ...headers, [first]: hash }];
  if (first === "content-length") return [{ ...headers, [first]: `${signed.request.body.length}` }];
  const copied = firstValue(signed.headers, COPIED_FROM[first] ?? "");
  const copies =
    copied === undefined ? [] : [...copied.split(",").map((item) => item.trim()), copied].slice(0, MAX_COPIES);
  return [...new Set([...copies, "", ...(HEADER_VALUES[first] ?? [])])].map((value) => ({
    ...headers,
    [first]: value,
  }));
}

/** How many values of another header may be that of a header that is missing. */
const MAX_COPIES = 4;

function allAlternatives(
  signed: SignedRequest,
  received: readonly ReceivedHeader[],
  credentials: AwsCredentials | undefined,
  payload: Parameters<typeof payloadAlternatives>[0],
): readonly Alternative[] {
  const { request, authorization } = signed;
  const options: DiagnoseOptions = signed.options;
  const { path, query } = splitRequestTarget(request.target);
  const isHost = ({ name }: ReceivedHeader): boolean => HOST_NAMES.has(name);
  const host = received.find(isHost);
  const others = (options.otherCredentials ?? []).filter(
    ({ secretAccessKey }) => secretAccessKey !== credentials?.secretAccessKey,
  );
  const forwarded = valuesOf(["x-forwarded-host", "x-original-host"], signed);
  return [
    ...pathAlternatives(path),
    ...recodedPathAlternatives(path),
    ...pathPrefixAlternatives(path, [...(options.pathPrefixes ?? []), ...valuesOf(ORIGINAL_TARGET_HEADERS, signed)]),
    ...queryAlternatives(query),
    ...(host === undefined
      ? []
      : hostAlternatives({
          name: host.name,
          received: host.values.map(canonicalValue).join(","),
          scope: authorization.scope,
          region: options.region,
          others: [...(options.hosts ?? []), ...forwarded],
        })),
    ...payloadAlternatives(payload),
    ...headerAlternatives(
      received.filter((header) => header.values.length > 1 || !(isHost(header) || UNTOUCHED.has(header.name))),
    ),
    ...methodAlternatives(request.method),
    ...secretAlternatives(credentials?.secretAccessKey, others),
    ...tokenAlternatives(signed, credentials),
    ...scopeAlternatives(authorization.scope),
  ];
}

/** The first value of each of some headers, where it was sent. */
const valuesOf = (names: readonly string[], { headers }: SignedRequest): readonly string[] =>
  names.flatMap((name) => firstValue(headers, name) ?? []);

/** Names under which the host is signed. */
const HOST_NAMES: ReadonlySet<string> = new Set(["host", ":authority"]);

/** Headers that the signer itself writes. */
const UNTOUCHED: ReadonlySet<string> = new Set(["x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]);

/** A token that is not the right one may have been changed after signing. */
function tokenAlternatives(signed: SignedRequest, credentials: AwsCredentials | undefined): readonly Alternative[] {
  const name = "x-amz-security-token";
  const token = credentials?.sessionToken;
  if (token === undefined || !signed.authorization.signedHeaders.includes(name)) return [];
  const code = isRedacted(firstValue(signed.headers, name) ?? "") ? "HEADER_REDACTED" : "SESSION_TOKEN_INVALID";
  const mistakes = [{ code, header: name }] as const;
  return [{ slot: `header ${name}`, change: { headers: { [name]: token } }, mistakes, cost: 1 }];
}

/** The secret of an unknown access key may be that of a known one. */
async function searchUnknownKey(
  search: SignatureSearch,
  bases: readonly Parts[],
  alternatives: readonly Alternative[],
  credentials: AwsCredentials | undefined,
): ReturnType<typeof searchMistakes> {
  if (credentials !== undefined) return undefined;
  return searchMistakes(
    search,
    bases,
    alternatives.filter(({ slot }) => slot === "secret"),
  );
}

/** How far the length of a changed body is looked for. */
const MAX_LENGTH_CHANGE = 300;

/** Where the length is signed too, a changed body changes both. */
async function searchContentLength(
  search: SignatureSearch,
  bases: readonly Parts[],
  header: string | undefined,
  bodyHash: string,
): ReturnType<typeof searchMistakes> {
  const [base] = bases;
  const length = Number(base?.headers["content-length"] ?? Number.NaN);
  const isHash = header !== undefined && header !== bodyHash && /^[0-9a-f]{64}$/.test(header);
  if (base === undefined || !Number.isInteger(length) || !isHash) return undefined;
  const code = header === HASH_OF_EMPTY ? "BODY_HASH_OF_EMPTY" : "BODY_CHANGED";
  const mistakes: readonly FoundMistake[] = [{ code, signed: header, received: bodyHash }];
  for (let change = 0; change <= MAX_LENGTH_CHANGE; change++) {
    if (search.isExhausted) return undefined;
    for (const signed of [length + change, length - change]) {
      const parts = { ...base, payloadHash: header, headers: { ...base.headers, "content-length": `${signed}` } };
      if (signed >= 0 && (await search.matches(parts))) return { parts, mistakes };
    }
  }
  return undefined;
}

/** Each mistake once; of a header, once for each header. */
function unique(mistakes: readonly FoundMistake[]): readonly FoundMistake[] {
  return [...new Map(mistakes.map((mistake) => [`${mistake.code} ${mistake.header ?? ""}`, mistake])).values()];
}

function describe({ code, header, signed, received }: FoundMistake): Mistake {
  const { message, fix } = DIAGNOSIS_TABLE[code];
  const details = [
    header === undefined ? "" : `header "${header}"`,
    signed === undefined ? "" : `signed "${signed}"`,
    received === undefined ? "" : `${STATED.has(code) ? "expected" : "received"} "${received}"`,
  ].filter((detail) => detail !== "");
  return {
    code,
    message: details.length === 0 ? message : `${message} (${details.join(", ")})`,
    fix,
    ...(header === undefined ? {} : { header }),
    ...(signed === undefined ? {} : { signed }),
    ...(received === undefined ? {} : { received }),
  };
}

/** Mistakes in which the header says one thing and the verifier expects another. */
const STATED: ReadonlySet<DiagnosisCode> = new Set(["WRONG_SERVICE", "WRONG_REGION"]);
