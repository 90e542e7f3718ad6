import { parseObject } from "../../text/parse-object.ts";

/** What a request of the OIDC service says, by name. */
export interface OidcFields {
  readonly parameters: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

/** What each member is; others are not looked at. */
const MEMBERS: ReadonlyMap<string, "text" | "list"> = new Map([
  ["clientId", "text"],
  ["clientName", "text"],
  ["clientSecret", "text"],
  ["clientType", "text"],
  ["code", "text"],
  ["codeVerifier", "text"],
  ["deviceCode", "text"],
  ["grantType", "text"],
  ["grantTypes", "list"],
  ["redirectUri", "text"],
  ["redirectUris", "list"],
  ["refreshToken", "text"],
  ["scope", "list"],
  ["scopes", "list"],
  ["startUrl", "text"],
]);

/** Longest body, in bytes. */
const MAX_BODY_BYTES = 65_536;

/**
 * Reads the body of a request: an object of texts and of lists of texts. What is `null` is not there.
 *
 * @returns `undefined` where it is none, or is too long.
 */
export function parseFields(body: Uint8Array): OidcFields | undefined {
  const members = body.length > MAX_BODY_BYTES ? undefined : parseObject(body);
  if (members === undefined) return undefined;
  const parameters = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  for (const [name, kind] of MEMBERS) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (value === undefined || value === null) continue;
    if (kind === "text" && typeof value === "string") parameters.set(name, value);
    else if (kind === "list" && isTexts(value)) lists.set(name, value);
    else return undefined;
  }
  return { parameters, lists };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
