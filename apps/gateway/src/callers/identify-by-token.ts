import { createHash, timingSafeEqual } from "node:crypto";
import { refuse } from "../refusals/own-refusals.ts";
import type { Caller } from "../terms/caller.ts";
import type { Identify } from "./identify.ts";

const CALLER: Caller = {
  name: "local",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: null },
  ownKey: null,
};

/**
 * Serves whoever has one token.
 *
 * @param token The token.
 * @returns Says whether a request holds it, in `authorization` or in `x-api-key`.
 */
export function identifyByToken(token: string): Identify {
  const expected = hash(token);
  return ({ headers }) => {
    const given = headers.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      if (lower === "authorization") return [value.replace(/^bearer /i, "")];
      return lower === "x-api-key" ? [value] : [];
    });
    if (given.length === 0) {
      return refuse("AUTHENTICATION_MISSING", "Cannot serve a request without a token; send it as a bearer token");
    }
    return given.every((one) => timingSafeEqual(hash(one), expected))
      ? CALLER
      : refuse("AUTHENTICATION_INVALID", "Cannot serve this request: its token is none of this gateway's");
  };
}

const hash = (text: string): Uint8Array => createHash("sha256").update(text).digest();
