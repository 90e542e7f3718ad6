import { SIGN_IN_PREFIX } from "../../terms/issued-form.ts";
import { BASE64_URL, CONSONANTS, randomText } from "../../text/random-text.ts";
import { remember } from "../remember.ts";
import type { AuthorizationCode } from "./authorization-code.ts";
import type { DeviceAuthorization } from "./device-authorization.ts";
import type { IssuedTokens, SignIn } from "./issued-tokens.ts";
import type { RegisteredClient } from "./registered-client.ts";

/** Options for a {@link SignInStore}. */
export interface SignInStoreOptions {
  /**
   * How many devices that wait, codes, and tokens of each kind are remembered; the oldest go first.
   *
   * @default {10_000}
   */
  readonly maxSessions?: number | undefined;
}

/** How long each lasts, in seconds: a refresh token 90 days, a device code and an authorization code ten minutes. */
const REFRESH_TOKEN_SECONDS = 7_776_000;
export const DEVICE_CODE_SECONDS = 600;
const AUTHORIZATION_CODE_SECONDS = 600;

/** How long a device waits between polls, in seconds. */
export const POLL_INTERVAL_SECONDS = 1;

/**
 * Everybody who signs in to IAM Identity Center: the devices that wait for somebody to confirm, the codes that browsers carry,
 * and the tokens that were issued. What has ended is remembered, so that it is refused as expired and not as
 * unknown.
 */
export class SignInStore {
  readonly #maxSessions: number;
  readonly #devices = new Map<string, DeviceAuthorization>();
  /** The same, by user code as {@link foldUserCode} writes it. */
  readonly #devicesByUserCode = new Map<string, DeviceAuthorization>();
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #accessTokens = new Map<string, KeptToken>();
  readonly #refreshTokens = new Map<string, KeptToken>();

  constructor({ maxSessions = 10_000 }: SignInStoreOptions) {
    this.#maxSessions = Math.max(1, maxSessions);
  }

  /** Lets a device wait for somebody to confirm. */
  startDevice({ clientId, clientName }: RegisteredClient, now: Date): DeviceAuthorization {
    const letters = randomText(USER_CODE_LENGTH, CONSONANTS);
    const half = USER_CODE_LENGTH / 2;
    const device: DeviceAuthorization = {
      deviceCode: randomSecret(),
      userCode: `${letters.slice(0, half)}-${letters.slice(half)}`,
      clientId,
      clientName,
      expiration: after(now, DEVICE_CODE_SECONDS),
      decision: "pending",
      isSpent: false,
      intervalBegan: now.getTime(),
      pollsOfInterval: 0,
    };
    remember(this.#devices, device.deviceCode, device, this.#maxSessions, (gone) => {
      const code = foldUserCode(gone.userCode);
      // Another may have come by the same code since.
      if (this.#devicesByUserCode.get(code) === gone) this.#devicesByUserCode.delete(code);
    });
    this.#devicesByUserCode.set(foldUserCode(device.userCode), device);
    return device;
  }

  /** A device, by the code that it polls with. */
  findDevice(deviceCode: string): DeviceAuthorization | undefined {
    return this.#devices.get(deviceCode);
  }

  /** A device, by the code that people type. */
  findUserCode(userCode: string): DeviceAuthorization | undefined {
    return this.#devicesByUserCode.get(foldUserCode(userCode));
  }

  /** Counts a poll; `false` where there were more within the interval than are taken. */
  countPoll(device: DeviceAuthorization, maxPolls: number, now: Date): boolean {
    if (now.getTime() - device.intervalBegan >= POLL_INTERVAL_SECONDS * 1000) {
      device.intervalBegan = now.getTime();
      device.pollsOfInterval = 0;
    }
    device.pollsOfInterval++;
    return device.pollsOfInterval <= maxPolls;
  }

  /** Issues a code for somebody who signed in through a browser. */
  authorize(asked: Pick<AuthorizationCode, "clientId" | "redirectUri" | "codeChallenge">, now: Date): string {
    const code = randomSecret();
    const kept = { ...asked, code, expiration: after(now, AUTHORIZATION_CODE_SECONDS), isSpent: false };
    remember(this.#codes, code, kept, this.#maxSessions);
    return code;
  }

  /** A code that was issued. */
  findCode(code: string): AuthorizationCode | undefined {
    return this.#codes.get(code);
  }

  /** Issues the tokens of somebody who signed in. */
  signIn({ clientId, refreshes }: RegisteredClient, seconds: number, now: Date): IssuedTokens {
    return this.#issue({ clientId, refreshes, isOver: false }, seconds, now);
  }

  /** Issues further tokens; `undefined` where the refresh token is unknown. */
  refresh(refreshToken: string, seconds: number, now: Date): IssuedTokens | undefined {
    const kept = this.#refreshTokens.get(refreshToken);
    return kept && this.#issue(kept.signIn, seconds, now);
  }

  /** What became of an access token; `unknown` where none was issued, or it was forgotten. */
  accessTokenState(token: string, now: Date): TokenState {
    return stateOf(this.#accessTokens.get(token), now);
  }

  /** What became of a refresh token of a client; `unknown` where it is another's. */
  refreshTokenState(token: string, clientId: string, now: Date): TokenState {
    const kept = this.#refreshTokens.get(token);
    return kept?.signIn.clientId === clientId ? stateOf(kept, now) : "unknown";
  }

  /** Ends all tokens of whoever has this one. */
  signOut(accessToken: string): void {
    const kept = this.#accessTokens.get(accessToken);
    if (kept !== undefined) kept.signIn.isOver = true;
  }

  /** Forgets everybody. */
  reset(): void {
    for (const map of [this.#devices, this.#devicesByUserCode, this.#codes, this.#accessTokens, this.#refreshTokens]) {
      map.clear();
    }
  }

  #issue(signIn: SignIn, seconds: number, now: Date): IssuedTokens {
    const accessToken = randomSecret();
    const refreshToken = signIn.refreshes ? randomSecret() : undefined;
    remember(this.#accessTokens, accessToken, { signIn, expiration: after(now, seconds) }, this.#maxSessions);
    if (refreshToken !== undefined) {
      const expiration = after(now, REFRESH_TOKEN_SECONDS);
      remember(this.#refreshTokens, refreshToken, { signIn, expiration }, this.#maxSessions);
    }
    return { accessToken, refreshToken, seconds };
  }
}

/** Whether a token may be used. */
export type TokenState = "valid" | "ended" | "unknown";

interface KeptToken {
  readonly signIn: SignIn;
  readonly expiration: Date;
}

const stateOf = (kept: KeptToken | undefined, now: Date): TokenState => {
  if (kept === undefined) return "unknown";
  return !kept.signIn.isOver && kept.expiration > now ? "valid" : "ended";
};

const after = (now: Date, seconds: number): Date => new Date(now.getTime() + seconds * 1000);

/** Letters of each. The codes of AWS are longer; nobody reads them. */
const SECRET_LENGTH = 64;
const USER_CODE_LENGTH = 8;

const randomSecret = (): string => SIGN_IN_PREFIX + randomText(SECRET_LENGTH, BASE64_URL);

/** A user code as codes are compared: people leave out the hyphen, and type in small letters. */
const foldUserCode = (userCode: string): string =>
  userCode
    .slice(0, MAX_TYPED_LENGTH)
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, "");

/** Longer texts are no codes. */
const MAX_TYPED_LENGTH = 64;
