import { GatewayError } from "../../gateway-error.ts";
import type { IssuerSettings } from "../../settings/caller-settings.ts";
import { findSharedIssuer } from "./shared-issuers.ts";

/** Hosts that mean this machine, as URLs write them. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads a URL that keys are fetched from.
 *
 * @param text The URL.
 * @param what What it is, for the message.
 * @param allowsHttpLoopback Whether plain text is taken on this machine itself, as tests have it.
 * @returns The URL.
 * @throws {GatewayError} `SETTINGS_INVALID` where it is none, none of HTTPS, or holds credentials.
 */
export function parseKeyUrl(text: string, what: string, allowsHttpLoopback: boolean): URL {
  const url = URL.parse(text);
  if (url === null) throw invalid(what, `"${text}" is no URL`);
  const isPlainLoopback = url.protocol === "http:" && LOOPBACK.test(url.hostname) && allowsHttpLoopback;
  if (url.protocol !== "https:" && !isPlainLoopback) {
    throw invalid(
      what,
      `it begins with ${url.protocol}//; expected https://: who changes keys on the way lets anybody in`,
    );
  }
  if (url.username !== "" || url.password !== "") throw invalid(what, "it holds credentials");
  return url;
}

/**
 * Checks an issuer before it is asked anything.
 *
 * @throws {GatewayError} `SETTINGS_INVALID` where it cannot be used, or would let strangers in.
 */
export function checkIssuer(settings: IssuerSettings, allowsHttpLoopback: boolean): void {
  const { issuer, audience, jwksUrl, requiredClaims = {}, nameClaim, groupsClaim } = settings;
  const what = `callers.issuers of ${issuer}`;
  const url = parseKeyUrl(issuer, `${what}: issuer`, allowsHttpLoopback);
  if (jwksUrl !== undefined) parseKeyUrl(jwksUrl, `${what}: jwksUrl`, allowsHttpLoopback);
  if (audience === "") throw invalid(what, "audience is empty; expected what aud of its JWTs holds for this gateway");
  if (nameClaim === "" || groupsClaim === "") throw invalid(what, "a claim has an empty name");
  for (const [claim, values] of Object.entries(requiredClaims)) {
    if (values.length === 0 || values.includes("")) {
      throw invalid(what, `requiredClaims.${claim} names no value, or an empty one`);
    }
  }
  const shared = findSharedIssuer(url);
  if (shared === undefined || shared.claims.some((claim) => Object.hasOwn(requiredClaims, claim))) return;
  throw invalid(
    what,
    `it signs for everybody, so that strangers would be let in; expected requiredClaims with one of ${shared.claims.join(", ")}`,
  );
}

const invalid = (what: string, problem: string): GatewayError =>
  new GatewayError("SETTINGS_INVALID", `Cannot use ${what}: ${problem}`);
