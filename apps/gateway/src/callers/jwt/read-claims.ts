import type { JWTPayload } from "jose";
import type { IssuerSettings } from "../../settings/caller-settings.ts";
import type { JwtLimits } from "./jwt-limits.ts";

/** Who a JWT says its bearer is. */
export interface ClaimedCaller {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What would be read as something else in an audit or a header. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * Reads who a verified JWT is of.
 *
 * @param payload Its claims.
 * @param settings Which claims say so, and which have to have a value.
 * @param limits How long names may be, and how many groups there may be.
 * @returns The caller; or what is wrong, as words that follow "Cannot take the JWT: ". They hold names of claims, no values.
 */
export function readClaims(
  payload: JWTPayload,
  { nameClaim = "sub", namePrefix = "", groupsClaim, requiredClaims = {} }: IssuerSettings,
  { maxClaimLength, maxClaimGroups }: Pick<JwtLimits, "maxClaimLength" | "maxClaimGroups">,
): ClaimedCaller | string {
  const read = (claim: string): unknown => (Object.hasOwn(payload, claim) ? payload[claim] : undefined);
  for (const [claim, values] of Object.entries(requiredClaims)) {
    if (!valuesOf(read(claim)).some((value) => values.includes(value))) {
      return `its claim ${claim} is none of the values that this gateway takes`;
    }
  }
  const isName = (value: unknown): value is string =>
    typeof value === "string" && value !== "" && value.length <= maxClaimLength && !UNSEEN.test(value);
  const name = read(nameClaim);
  const expected = `a text of 1 to ${maxClaimLength} characters, without control characters`;
  if (!isName(name)) return `its claim ${nameClaim} names no caller; expected ${expected}`;
  const given = groupsClaim === undefined ? [] : (read(groupsClaim) ?? []);
  const groups: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (groups.length > maxClaimGroups) return `its claim ${groupsClaim} has more than ${maxClaimGroups} groups`;
  if (!groups.every(isName)) return `its claim ${groupsClaim} lists no groups; expected each to be ${expected}`;
  return { name: namePrefix + name, groups: groups.map((group) => namePrefix + group) };
}

/** The texts that a claim stands for. */
function valuesOf(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.flatMap(valuesOfOne);
  return valuesOfOne(claim);
}

const valuesOfOne = (claim: unknown): readonly string[] =>
  typeof claim === "string" || typeof claim === "number" || typeof claim === "boolean" ? [String(claim)] : [];
