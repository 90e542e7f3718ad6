import { createHash } from "node:crypto";
import { SIGN_IN_PREFIX } from "../../terms/issued-form.ts";
import { BASE64_URL, randomText } from "../../text/random-text.ts";

/** What a client says of itself when it registers. */
export interface Registration {
  /** As the client calls itself: whoever confirms is shown it. */
  readonly clientName: string;
  /** Whether it registered a scope of which AWS issues refresh tokens. */
  readonly refreshes: boolean;
  /** Grant types that it restricted itself to; absent where it may use all. */
  readonly grantTypes?: readonly string[] | undefined;
  /** Where its users may be sent back to. */
  readonly redirectUris: readonly string[];
}

/** A client that registered with IAM Identity Center. */
export interface RegisteredClient extends Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuedAt: Date;
  readonly expiration: Date;
}

/** How long a registration lasts, in milliseconds: 90 days. */
const REGISTRATION_MS = 90 * 86_400_000;

const SALT_LENGTH = 12;

/** The longest name of a client, in characters: each device that waits keeps one. */
export const MAX_CLIENT_NAME_LENGTH = 256;

/** Longer ones were not issued here. */
const MAX_CLIENT_ID_LENGTH = 6000;

/**
 * Registers a client. Its ID says all that was registered, and its secret follows from the ID: a command line keeps both for
 * 90 days, in which the fake is started many times. Whoever makes them up gets what registering gives to everybody.
 *
 * @returns The client; it is remembered nowhere.
 */
export function registerClient(registration: Registration, now: Date): RegisteredClient {
  const { clientName, refreshes, grantTypes = null, redirectUris } = registration;
  const seconds = Math.floor(now.getTime() / 1000);
  const salt = randomText(SALT_LENGTH, BASE64_URL);
  const row: ClientRow = [clientName, refreshes, grantTypes, redirectUris, seconds, salt];
  return toClient(Buffer.from(JSON.stringify(row)).toString("base64url"), row);
}

/**
 * Reads the ID of a client.
 *
 * @returns What it registered; `undefined` where it is no ID that {@link registerClient} makes.
 */
export function parseClientId(clientId: string): RegisteredClient | undefined {
  if (clientId.length > MAX_CLIENT_ID_LENGTH || !/^[\w-]+$/.test(clientId)) return undefined;
  try {
    const row: unknown = JSON.parse(Buffer.from(clientId, "base64url").toString());
    return isRow(row) ? toClient(clientId, row) : undefined;
  } catch {
    return undefined;
  }
}

type ClientRow = readonly [
  clientName: string,
  refreshes: boolean,
  grantTypes: readonly string[] | null,
  redirectUris: readonly string[],
  issuedAtSeconds: number,
  /** So that no two clients are the same one. */
  salt: string,
];

function isRow(row: unknown): row is ClientRow {
  if (!Array.isArray(row) || row.length !== 6) return false;
  const [clientName, refreshes, grantTypes, redirectUris, seconds, salt] = row as readonly unknown[];
  return (
    typeof clientName === "string" &&
    clientName.length <= MAX_CLIENT_NAME_LENGTH &&
    typeof refreshes === "boolean" &&
    (grantTypes === null || isTexts(grantTypes)) &&
    isTexts(redirectUris) &&
    typeof seconds === "number" &&
    Math.abs(seconds) <= MAX_SECONDS &&
    typeof salt === "string"
  );
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

/** The last second of the year 9999. */
const MAX_SECONDS = 253_402_300_799;

function toClient(clientId: string, row: ClientRow): RegisteredClient {
  const [clientName, refreshes, grantTypes, redirectUris, seconds] = row;
  return {
    clientId,
    clientSecret: SIGN_IN_PREFIX + createHash("sha256").update(clientId).digest("base64url"),
    clientName,
    refreshes,
    grantTypes: grantTypes ?? undefined,
    redirectUris,
    issuedAt: new Date(seconds * 1000),
    expiration: new Date(seconds * 1000 + REGISTRATION_MS),
  };
}
