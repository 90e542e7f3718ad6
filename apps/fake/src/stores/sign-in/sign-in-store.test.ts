import { describe, expect, test } from "vitest";
import { registerClient } from "./registered-client.ts";
import { SignInStore } from "./sign-in-store.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const CLIENT = { clientName: "a client", refreshes: true, redirectUris: [] };

describe("SignInStore", () => {
  test("remembers so many of each kind, and lets the oldest go", () => {
    const store = new SignInStore({ maxSessions: 2 });
    const client = registerClient(CLIENT, NOW);
    const devices = [1, 2, 3].map(() => store.startDevice(client, NOW));
    const asked = { clientId: client.clientId, redirectUri: "http://127.0.0.1/", codeChallenge: "" };
    const codes = [1, 2, 3].map(() => store.authorize(asked, NOW));
    const tokens = [1, 2, 3].map(() => store.signIn(client, 60, NOW));

    expect(devices.map(({ deviceCode }) => store.findDevice(deviceCode) !== undefined)).toEqual([false, true, true]);
    expect(devices.map(({ userCode }) => store.findUserCode(userCode) !== undefined)).toEqual([false, true, true]);
    expect(codes.map((code) => store.findCode(code) !== undefined)).toEqual([false, true, true]);
    expect(tokens.map(({ accessToken }) => store.accessTokenState(accessToken, NOW))).toEqual([
      "unknown",
      "valid",
      "valid",
    ]);
    expect(tokens.map(({ refreshToken = "" }) => store.refreshTokenState(refreshToken, client.clientId, NOW))).toEqual([
      "unknown",
      "valid",
      "valid",
    ]);
  });

  test("forgets everybody when it is reset", () => {
    const store = new SignInStore({});
    const client = registerClient(CLIENT, NOW);
    const { userCode } = store.startDevice(client, NOW);
    const { accessToken } = store.signIn(client, 60, NOW);
    store.reset();

    expect(store.findUserCode(userCode)).toBeUndefined();
    expect(store.accessTokenState(accessToken, NOW)).toBe("unknown");
  });
});
