import { headerValue, headerValues, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { keyFamily, parseBearer, parseServiceHost } from "@claude-on-aws/endpoints";
import type { Judgement, NamedMistake } from "./judge-request.ts";

/** Judges a request that is not signed, as the fake does. */
export async function judgeKey(request: WireRequest): Promise<Judgement> {
  // Loaded only where it is needed: most recordings hold signatures alone.
  const { createFake } = await import("@claude-on-aws/fake");
  const fake = createFake({ maxJournalExchanges: 1 });
  await fake.handle({ ...request, body: new Uint8Array(), wire: "received" });
  const [exchange] = fake.journal.snapshot().exchanges;
  const finding = exchange?.findings.find(({ rule }) => rule === "authentication");
  if (finding?.level === "pass")
    return { ok: true, findings: [{ rule: "authentication", level: "pass" }], diagnosis: [] };
  const message = finding?.message ?? "The request could not be judged.";
  return {
    ok: false,
    findings: [{ rule: "authentication", level: "fail", message }],
    diagnosis: [nameMistake(request)],
  };
}

/** Says what is wrong with the keys of a request that was refused. */
function nameMistake({ headers }: WireRequest): NamedMistake {
  const authorization = headerValue(headers, "authorization");
  const keys = headerValues(headers, "x-api-key");
  if (authorization === undefined && keys.length === 0) {
    return {
      code: "AUTHORIZATION_MISSING",
      message: "The request has neither a signature nor a key.",
      fix: "Sign it, or send an API key as x-api-key or Authorization: Bearer.",
    };
  }
  if (authorization !== undefined && keys.length > 0) {
    return {
      code: "BOTH_AUTH_HEADERS",
      message: "The request has both an Authorization header and an x-api-key header.",
      fix: "Send one of them; look for a client that adds a key of its own.",
    };
  }
  const key = keys[0] ?? parseBearer(authorization ?? "");
  if (key === undefined) {
    return {
      code: "AUTHORIZATION_MALFORMED",
      message: "The Authorization header is neither a signature of Signature Version 4 nor a bearer token.",
      fix: 'Send "AWS4-HMAC-SHA256 …" or "Bearer KEY".',
    };
  }
  if (key.trim() !== key || /\s/.test(key)) {
    return { code: "KEY_WHITESPACE", message: "The API key has space in it.", fix: "Trim the key where it is read." };
  }
  const family = keyFamily(key);
  const provider = parseServiceHost(headerValue(headers, ":authority") ?? headerValue(headers, "host") ?? "")?.provider;
  if (family !== "unknown") {
    return {
      code: "KEY_OF_WRONG_FAMILY",
      message: `The API key is one of ${family}, which ${provider ?? "this service"} does not take.`,
      fix: "Use a workspace API key on Claude Platform on AWS, and a Bedrock API key on Amazon Bedrock.",
    };
  }
  return {
    code: "KEY_MALFORMED",
    message: "The API key is not one that this service takes.",
    fix: "Copy the whole key again; a Bedrock key begins with bedrock-api-key- or ABSK.",
  };
}
