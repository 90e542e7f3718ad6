import { keyFamily, parseBearer } from "@claude-on-aws/endpoints";
import { isRedacted } from "@claude-on-aws/auth/diagnose";
import { headerValue, headerValues, type WireRequest } from "@claude-on-aws/auth/sigv4";
import type { AuthenticationVerdict, FaultName } from "@claude-on-aws/fake/verifier";
import type { NamedMistake } from "./judgement.ts";

type Request = Pick<WireRequest, "headers">;

/** Names the mistake behind a refusal. */
type Diagnose = (request: Request, verdict: AuthenticationVerdict) => NamedMistake;

/** What is wrong, by what the fake would refuse the request for. */
const DIAGNOSES: Partial<Record<FaultName, Diagnose>> = {
  "authentication-missing": ({ headers }, { provider }) =>
    provider === "bedrock" && headerValue(headers, "x-api-key") !== undefined
      ? {
          code: "AUTHORIZATION_MISSING",
          message: "The request has a key in x-api-key, a header that Amazon Bedrock does not know, and nothing else.",
          fix: "Send the key as Authorization: Bearer, or sign the request.",
        }
      : {
          code: "AUTHORIZATION_MISSING",
          message: "The request has neither a signature nor a key.",
          fix: "Sign it, or send an API key as x-api-key or Authorization: Bearer.",
        },
  "authentication-twice": () => ({
    code: "BOTH_AUTH_HEADERS",
    message: "The request has both an Authorization header and an x-api-key header.",
    fix: "Send one of them; look for a client that adds a key of its own.",
  }),
  "authorization-malformed": () => ({
    code: "AUTHORIZATION_MALFORMED",
    message: "The Authorization header is neither a signature of Signature Version 4 nor a bearer token.",
    fix: 'Send "AWS4-HMAC-SHA256 …" or "Bearer KEY".',
  }),
  "api-key-malformed": malformedKey,
  "api-key-unknown": (_, { fault }) => ({
    code: "KEY_UNKNOWN",
    message: `The API key is not one that this service knows${codeOf(fault)}.`,
    fix: "Copy the whole key again, and see that it was made for the region that is called.",
  }),
  "api-key-expired": (_, { fault }) => ({
    code: "KEY_EXPIRED",
    message: `The API key has ended${codeOf(fault)}.`,
    fix: "Make a fresh key: a short-term key is good for twelve hours at most, and not longer than the session that made it.",
  }),
};

/**
 * Says what is wrong with a request that was refused and is not signed: with its key, or that it has none.
 *
 * @param verdict Why it was refused, and by which service.
 * @param request The request.
 * @returns The mistake, with its way out; it holds nothing of a key.
 */
export function diagnoseKey(verdict: AuthenticationVerdict, request: Request): NamedMistake {
  const { fault } = verdict;
  return (
    (fault && DIAGNOSES[fault.name]?.(request, verdict)) ?? {
      code: "KEY_MALFORMED",
      message: fault?.message ?? "The request could not be judged.",
      fix: fault?.fix ?? "Copy the whole key again.",
    }
  );
}

const codeOf = (fault: AuthenticationVerdict["fault"]): string => {
  const code = fault?.details?.["code"];
  return code === undefined ? "" : ` (${code})`;
};

function malformedKey({ headers }: Request, { provider }: AuthenticationVerdict): NamedMistake {
  const keys = headerValues(headers, "x-api-key");
  const [key = ""] =
    keys.length > 0 ? keys : headerValues(headers, "authorization").map((value) => parseBearer(value) ?? value);
  if (isRedacted(key)) {
    return {
      code: "KEY_REDACTED",
      message: "The API key was redacted where the request was recorded, so it cannot be judged.",
      fix: "Record the request with its key, or ask the service itself.",
    };
  }
  if (key.trim() !== key || /\s/.test(key)) {
    return { code: "KEY_WHITESPACE", message: "The API key has space in it.", fix: "Trim the key where it is read." };
  }
  const family = keyFamily(key);
  if (family !== "unknown") {
    return {
      code: "KEY_OF_WRONG_FAMILY",
      message: `The API key is one of ${family}, which ${provider} does not take.`,
      fix: "Use a workspace API key on Claude Platform on AWS, and a Bedrock API key on Amazon Bedrock.",
    };
  }
  return {
    code: "KEY_MALFORMED",
    message: "The API key is not one that this service takes.",
    fix: "Copy the whole key again; a Bedrock key begins with bedrock-api-key- or ABSK.",
  };
}
