import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { AuthError } from "../errors.ts";
import { createCredentials } from "./create-credentials.ts";
import { saysSignedOut } from "./says-signed-out.ts";

const key = (accessKeyId: string): AwsCredentials => ({
  accessKeyId,
  secretAccessKey: "secret",
  sessionToken: "token",
});

/** A source whose chain gives what `current` says; logging in sets it to what `after` says. */
function setUp(current: AwsCredentials | Error, after: (logins: number) => AwsCredentials | Error) {
  const state = { current, logins: 0 };
  const source = createCredentials({
    awsAuthRefresh: "login",
    chain: async () => {
      if (state.current instanceof Error) throw state.current;
      return { ...state.current };
    },
    run: async () => {
      state.logins++;
      await new Promise((resolve) => setTimeout(resolve, 1));
      state.current = after(state.logins);
      return "";
    },
    show: () => {},
  });
  return { ...source, state };
}

describe("createCredentials() logs in once", () => {
  test.each([1, 2, 30])(
    "for the same refused keys, with %i requests that wait and as many that come after",
    async (n) => {
      const { get, refresh, state } = setUp(key("SAME"), () => key("SAME"));
      const used = await get();
      const each = Array.from({ length: n });

      expect(await Promise.all(each.map(() => refresh("expired", used)))).toEqual(each.map(() => true));
      for (const _ of each) expect(await refresh("expired", await get())).toBe(false);
      expect(await Promise.all(each.map(() => refresh("expired", used)))).toEqual(each.map(() => false));
      expect(state.logins).toBe(1);
    },
  );

  test("and again for other keys that are refused", async () => {
    const { get, refresh, state } = setUp(key("K0"), (logins) => key(`K${logins}`));
    for (let round = 1; round <= 3; round++) {
      const used = await get();
      await Promise.all([refresh("expired", used), refresh("expired", used)]);
      expect(state.logins).toBe(round);
    }
  });

  test("and finds without another what was signed in elsewhere", async () => {
    const { get, refresh, state } = setUp(key("OLD"), () => key("OLD"));
    const used = await get();
    await refresh("expired", used);
    state.current = key("NEW");

    expect(await refresh("expired", used)).toBe(true);
    expect([(await get()).accessKeyId, state.logins]).toEqual(["NEW", 1]);
  });

  test("where nobody is signed in, until somebody is", async () => {
    const out = new Error("You are not signed in");
    const { get, state } = setUp(out, () => out);
    for (let request = 0; request < 3; request++) await expect(get()).rejects.toThrow("not signed in");
    expect(state.logins).toBe(1);
    state.current = key("NEW");

    expect((await get()).accessKeyId).toBe("NEW");
  });
});

describe("saysSignedOut()", () => {
  const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

  test.each([
    named("CredentialsProviderError", "The SSO session associated with this profile has expired."),
    named("TokenProviderError", "Token is expired. To refresh this SSO session run 'aws sso login'"),
    named("ExpiredTokenException", ""),
    new Error("You are signed out; run aws login"),
    new Error("Cannot get keys", { cause: named("ExpiredToken", "no") }),
    new AuthError("CREDENTIALS_NOT_FOUND", "The SSO session associated with this profile is invalid"),
  ])("is true of %s", (error) => {
    expect(saysSignedOut(error)).toBe(true);
  });

  test.each([
    new Error("connect ECONNREFUSED 127.0.0.1:443"),
    new Error("certificate has expired"),
    new Error("Could not load credentials from any providers"),
    new AuthError("CREDENTIALS_TIMEOUT", "the session has expired"),
    "expired",
    undefined,
  ])("is false of %s", (error) => {
    expect(saysSignedOut(error)).toBe(false);
  });

  test("ends with an error that is its own cause", () => {
    const error = new Error("round");
    error.cause = error;
    expect(saysSignedOut(error)).toBe(false);
  });
});
