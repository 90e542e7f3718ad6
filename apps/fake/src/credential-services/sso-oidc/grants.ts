import { createHash } from "node:crypto";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { AuthorizationCode } from "../../stores/sign-in/authorization-code.ts";
import type { DeviceAuthorization } from "../../stores/sign-in/device-authorization.ts";
import type { IssuedTokens } from "../../stores/sign-in/issued-tokens.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { clientOf } from "./oidc-checks.ts";
import { oidcFault } from "./oidc-refusals.ts";

/** The grant type of a device. */
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

/** The grant type of a browser that is sent back to the client. */
export const AUTHORIZATION_CODE = "authorization_code";

const INVALID_GRANT = "Invalid grant provided";

/** A way to tokens. */
export interface Grant {
  /** Members that a request needs for it. */
  readonly members: readonly string[];
  /** Why it gives none; the client is known. */
  readonly check: (exchange: ServiceExchange, settings: FakeSettings, state: FakeState) => Fault | undefined;
  /** Issues the tokens of a request that passed. */
  readonly issue: (exchange: ServiceExchange, settings: FakeSettings, state: FakeState) => IssuedTokens | undefined;
}

const deviceOf = ({ parameters }: ServiceExchange, { signIns }: FakeState): DeviceAuthorization | undefined =>
  signIns.findDevice(parameters.get("deviceCode") ?? "");

const OF_DEVICE: Grant = {
  members: ["deviceCode"],
  check: (exchange, { facts }, state) => {
    const { parameters, receivedAt } = exchange;
    const device = deviceOf(exchange, state);
    if (device?.clientId !== parameters.get("clientId") || device === undefined || device.isSpent) {
      return oidcFault("InvalidGrantException", INVALID_GRANT);
    }
    if (device.expiration <= receivedAt) return oidcFault("ExpiredTokenException", "The device code has expired");
    if (device.decision === "denied") return oidcFault("AccessDeniedException", "The sign-in was denied");
    if (device.decision === "allowed") return undefined;
    return state.signIns.countPoll(device, facts.devicePollsPerInterval, receivedAt)
      ? oidcFault("AuthorizationPendingException", "The sign-in was not confirmed yet")
      : oidcFault("SlowDownException", "Polled more often than the interval allows");
  },
  issue: (exchange, { facts }, state) => {
    const [device, client] = [deviceOf(exchange, state), clientOf(exchange)];
    if (device !== undefined) device.isSpent = true;
    return client && state.signIns.signIn(client, facts.signInSeconds, exchange.receivedAt);
  },
};

const codeOf = ({ parameters }: ServiceExchange, { signIns }: FakeState): AuthorizationCode | undefined =>
  signIns.findCode(parameters.get("code") ?? "");

const OF_AUTHORIZATION_CODE: Grant = {
  members: ["code", "redirectUri", "codeVerifier"],
  check: (exchange, _, state) => {
    const { parameters, receivedAt } = exchange;
    const code = codeOf(exchange, state);
    const challenge = createHash("sha256")
      .update(parameters.get("codeVerifier") ?? "")
      .digest("base64url");
    const isRight =
      code?.clientId === parameters.get("clientId") &&
      code?.redirectUri === parameters.get("redirectUri") &&
      code?.codeChallenge === challenge;
    if (!isRight || code === undefined || code.isSpent) return oidcFault("InvalidGrantException", INVALID_GRANT);
    return code.expiration > receivedAt
      ? undefined
      : oidcFault("ExpiredTokenException", "The authorization code has expired");
  },
  issue: (exchange, { facts }, state) => {
    const [code, client] = [codeOf(exchange, state), clientOf(exchange)];
    if (code !== undefined) code.isSpent = true;
    return client && state.signIns.signIn(client, facts.signInSeconds, exchange.receivedAt);
  },
};

const OF_REFRESH_TOKEN: Grant = {
  members: ["refreshToken"],
  check: ({ parameters, receivedAt }, _, { signIns }) => {
    const [token = "", clientId = ""] = ["refreshToken", "clientId"].map((name) => parameters.get(name));
    return signIns.refreshTokenState(token, clientId, receivedAt) === "valid"
      ? undefined
      : oidcFault("InvalidGrantException", "Invalid refresh token provided");
  },
  issue: ({ parameters, receivedAt }, { facts }, { signIns }) =>
    signIns.refresh(parameters.get("refreshToken") ?? "", facts.signInSeconds, receivedAt),
};

/**
 * The ways to tokens, by the name of their grant type.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8628#section-3.4 | RFC 8628, device access token request}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7636#section-4.6 | RFC 7636, verifying the code verifier}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 | RFC 6749, refreshing an access token}
 */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([
  [AUTHORIZATION_CODE, OF_AUTHORIZATION_CODE],
  [DEVICE_CODE, OF_DEVICE],
  ["refresh_token", OF_REFRESH_TOKEN],
]);
