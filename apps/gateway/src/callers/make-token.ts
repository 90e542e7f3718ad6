import { randomBytes } from "node:crypto";

/**
 * Makes the token of a gateway for which nobody configured one.
 *
 * @returns 256 random bits in Base64 for URLs, behind a beginning by which scanners for secrets know it.
 */
export const makeToken = (): string => `coagw_${randomBytes(32).toString("base64url")}`;
