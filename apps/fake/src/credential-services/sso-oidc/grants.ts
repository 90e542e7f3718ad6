import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { DeviceAuthorization } from "../../stores/sign-in/device-authorization.ts";
import type { IssuedTokens } from "../../stores/sign-in/issued-tokens.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { clientOf } from "./oidc-checks.ts";
import { oidcFault } from "./oidc-refusals.ts";

/** The grant type of a device. */
export const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

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
      return oidcFault("InvalidGrantException", "Invalid grant provided");
    }
    if (device.expiration <= receivedAt) return oidcFault("ExpiredTokenException", "The device code has expired");
    if (device.decision === "denied") return oidcFault("AccessDeniedException", "The sign-in was denied");
    if (device.decision === "allowed") return undefined;
    return state.signIns.countPoll(device, facts.devicePollsPerInterval, receivedAt)
      ? oidcFault("AuthorizationPendingException", "The sign-in was not confirmed yet")
      : oidcFault("SlowDownException", "Polled more often than the interval allows");
  },
  issue: (exchange, { facts }, state) => {
    const [device, client] = [deviceOf(exchange, state), clientOf(exchange, state)];
    if (device !== undefined) device.isSpent = true;
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
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 | RFC 6749, refreshing an access token}
 */
export const GRANTS: ReadonlyMap<string, Grant> = new Map([
  [DEVICE_CODE, OF_DEVICE],
  ["refresh_token", OF_REFRESH_TOKEN],
]);
