import { anyText } from "@claude-on-aws/fixtures/any-text";
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  SSOClient,
} from "@aws-sdk/client-sso";
import {
  CreateTokenCommand,
  RegisterClientCommand,
  type SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import { afterEach, describe, expect, test } from "vitest";
import fc from "fast-check";
import { soakProperty } from "@claude-on-aws/fixtures";
import { registerClient as registeredClient } from "../../src/stores/sign-in/registered-client.ts";
import { createFakeCore, serve } from "../../src/server.ts";
import { OIDC_REFUSALS } from "../../src/credential-services/sso-oidc/oidc-refusals.ts";
import { serveForFile } from "../support/start-fake.ts";
import { chainEnvironment } from "./support/chain-environment.ts";
import { makeClientHome, ssoTokenFile } from "./support/client-home.ts";
import { SSO_CONFIG } from "./support/credential-sources.ts";
import { decide, DEVICE_CODE, oidcClient, registerClient, startDevice } from "./support/device-sign-in.ts";
import { sendToFake, wireRequest } from "./support/send-to-fake.ts";
import { useChainClients } from "./support/run-chain-client.ts";
import { CODE_CHALLENGE, CODE_VERIFIER } from "./support/proof-key.ts";

const START = Date.UTC(2026, 10, 21, 12);
const ACCOUNT_ID = "123456789012";
let now = START;
const runChainClients = useChainClients();

const fake = serveForFile(
  createFakeCore({
    now: () => new Date(now),
    // Only what was issued is accepted.
    ssoTokens: [],
    maxJournalReplyBytes: 4096,
    principals: ["Reader", "Writer"].map((name) => ({
      arn: `arn:aws:iam::${ACCOUNT_ID}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name}_0123456789abcdef`,
      policies: ["AnthropicReadOnlyAccess"],
    })),
  }),
);

afterEach(() => {
  fake.core.reset();
  now = START;
});

const oidc = (): SSOOIDCClient => oidcClient(fake.server.url);
const sso = () => new SSOClient({ endpoint: fake.server.url, region: "us-east-1", maxAttempts: 1 });
const invalid = { name: "UnauthorizedException", message: "Session token not found or invalid" };

async function signIn() {
  const started = await startDevice(oidc());
  expect((await decide(started.device.verificationUriComplete, "allow")).status).toBe(200);
  const { accessToken = "", refreshToken = "" } = await started.poll();
  const refresh = (changed: object = {}) =>
    oidc().send(new CreateTokenCommand({ ...started.client, grantType: "refresh_token", refreshToken, ...changed }));
  return { ...started, accessToken, refreshToken, refresh };
}

const roleCredentials = (accessToken: string) =>
  sso().send(new GetRoleCredentialsCommand({ accessToken, accountId: ACCOUNT_ID, roleName: "Reader" }));

describe("signing in to IAM Identity Center", () => {
  test("waits for somebody to confirm, then gives what the portal takes", async () => {
    const { device, poll } = await startDevice(oidc());

    expect(device).toMatchObject({
      expiresIn: 600,
      interval: 1,
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verificationUri: `${fake.server.url}/device`,
      verificationUriComplete: `${fake.server.url}/device?user_code=${device.userCode}`,
    });
    await expect(poll()).rejects.toMatchObject({
      name: "AuthorizationPendingException",
      error: "authorization_pending",
    });
    await decide(device.verificationUriComplete, "allow");
    const { accessToken, ...token } = await poll();

    expect(token).toMatchObject({ tokenType: "Bearer", expiresIn: 28_800, refreshToken: expect.any(String) });
    expect((await sso().send(new ListAccountsCommand({ accessToken }))).accountList).toEqual([
      { accountId: ACCOUNT_ID, accountName: "fake", emailAddress: "fake@example.com" },
    ]);
    expect((await roleCredentials(accessToken ?? "")).roleCredentials?.accessKeyId).toMatch(/^ASIA/);
    await expect(poll()).rejects.toMatchObject({ name: "InvalidGrantException" });
  });

  test("lists the permission sets of an account, part by part", async () => {
    const { accessToken } = await signIn();
    const list = (more: object) =>
      sso().send(new ListAccountRolesCommand({ accessToken, accountId: ACCOUNT_ID, maxResults: 1, ...more }));
    const first = await list({});
    const second = await list({ nextToken: first.nextToken });

    expect(first).toMatchObject({ roleList: [{ roleName: "Reader", accountId: ACCOUNT_ID }], nextToken: "1" });
    expect(second).toMatchObject({ roleList: [{ roleName: "Writer", accountId: ACCOUNT_ID }] });
    expect(second.nextToken).toBeUndefined();
    await expect(list({ nextToken: "x" })).rejects.toMatchObject({ name: "InvalidRequestException" });
    await expect(list({ accountId: "210987654321" })).rejects.toMatchObject({ name: "ForbiddenException" });
  });

  test("ends, and is renewed with the refresh token", async () => {
    const { accessToken, refresh } = await signIn();
    now = START + 28_800_000;

    await expect(roleCredentials(accessToken)).rejects.toMatchObject(invalid);
    const { accessToken: renewed = "" } = await refresh();
    expect(renewed).not.toBe(accessToken);
    expect((await roleCredentials(renewed)).roleCredentials?.accessKeyId).toMatch(/^ASIA/);
  });

  test("is renewed by the default chain of AWS's SDK, without anybody", async () => {
    // The chain goes by the clock of the machine.
    now = Date.now();
    const { client, accessToken, refreshToken } = await signIn();
    const cached = {
      ...client,
      accessToken,
      refreshToken,
      region: "us-east-1",
      startUrl: "https://example.awsapps.com/start",
      expiresAt: new Date(Date.now() - 1000).toISOString(),
      registrationExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    };
    const home = await makeClientHome({ ".aws/config": SSO_CONFIG, [ssoTokenFile("team")]: JSON.stringify(cached) });
    const { url } = fake.server;
    try {
      const results = await runChainClients({
        clients: ["aws-chain"],
        environment: {
          ...chainEnvironment(url, home.path),
          AWS_PROFILE: "chain",
          AWS_ENDPOINT_URL_SSO: url,
          AWS_ENDPOINT_URL_SSO_OIDC: url,
        },
      });
      const asked = fake.core.journal.snapshot().exchanges.slice(-2);

      expect(results["aws-chain"]).toEqual([{ value: expect.stringMatching(/^ASIA/) }]);
      expect(asked.map(({ operation, reply }) => [operation, reply.status])).toEqual([
        ["CreateToken", 200],
        ["GetRoleCredentials", 200],
      ]);
    } finally {
      await home.remove();
    }
  });

  test("ends with all its tokens when one signs out", async () => {
    const { accessToken, refresh } = await signIn();
    const { accessToken: renewed = "" } = await refresh();
    await sso().send(new LogoutCommand({ accessToken }));

    await expect(roleCredentials(accessToken)).rejects.toMatchObject(invalid);
    await expect(roleCredentials(renewed)).rejects.toMatchObject(invalid);
    await expect(refresh()).rejects.toMatchObject({ name: "InvalidGrantException" });
    await expect(sso().send(new LogoutCommand({ accessToken }))).rejects.toMatchObject(invalid);
  });

  test("gives no refresh token to a client that registered without the scope", async () => {
    const client = oidc();
    const { clientId, clientSecret } = await client.send(
      new RegisterClientCommand({ clientName: "old", clientType: "public" }),
    );
    const device = await client.send(
      new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: "https://example.awsapps.com/start" }),
    );
    await decide(device.verificationUriComplete, "allow");
    const { deviceCode } = device;

    expect(
      await client.send(new CreateTokenCommand({ clientId, clientSecret, grantType: DEVICE_CODE, deviceCode })),
    ).not.toHaveProperty("refreshToken");
  });

  test("accepts nothing that was not issued", async () => {
    await expect(roleCredentials("a-token")).rejects.toMatchObject(invalid);
  });

  test("leaves no secret in the journal", async () => {
    const { accessToken, client, device, refresh } = await signIn();
    const { refreshToken } = await refresh();
    await roleCredentials(accessToken);
    const kept = JSON.stringify(fake.core.journal.snapshot());

    expect(kept).toContain("CreateToken");
    for (const secret of [accessToken, refreshToken, client.clientSecret, device.deviceCode]) {
      expect(secret).toMatch(/^aoaAAAAA[\w-]{43,64}$/);
      expect(kept).not.toContain(secret);
    }
  });
});

describe("the page's address", () => {
  const OIDC = "oidc.eu-west-1.amazonaws.com";

  test.each<[string, readonly string[], string]>([
    [
      "where the fake listens, for a client that came by the name of AWS",
      ["http://127.0.0.1:4242"],
      "http://127.0.0.1:4242/device",
    ],
    ["the page's own name of AWS, where the fake listens nowhere", [], "https://device.sso.eu-west-1.amazonaws.com/"],
  ])("is %s", async (_, addresses, expected) => {
    const core = createFakeCore();
    core.state.addresses.push(...addresses);
    const send = async (host: string, target: string, body: string) => {
      const { status, text } = await sendToFake(
        core,
        wireRequest({ method: "POST", target, headers: [["host", host]], body }),
      );
      expect(status).toBe(200);
      return text;
    };
    const client = await send(OIDC, "/client/register", '{"clientName":"a client","clientType":"public"}');
    const asked = JSON.stringify({ ...JSON.parse(client), startUrl: "https://example.awsapps.com/start" });
    const { verificationUri, userCode } = JSON.parse(await send(OIDC, "/device_authorization", asked));
    const { host, pathname } = new URL(verificationUri);

    expect(verificationUri).toBe(expected);
    expect(await send(host, pathname, `user_code=${userCode}&decision=allow`)).toContain("<h1>Signed in</h1>");
  });
});

/** Each makes the service refuse in one of its ways. */
const REFUSALS: Readonly<Record<keyof typeof OIDC_REFUSALS, () => Promise<unknown>>> = {
  InvalidRequestException: async () =>
    oidc().send(new StartDeviceAuthorizationCommand({ ...(await registerClient(oidc())), startUrl: "no URL" })),
  InvalidClientException: async () =>
    oidc().send(
      new StartDeviceAuthorizationCommand({
        ...(await registerClient(oidc())),
        clientSecret: "another",
        startUrl: "https://example.awsapps.com/start",
      }),
    ),
  InvalidClientMetadataException: () =>
    oidc().send(new RegisterClientCommand({ clientName: "a client", clientType: "confidential" })),
  InvalidGrantException: async () =>
    oidc().send(
      new CreateTokenCommand({
        ...(await registerClient(oidc())),
        grantType: "refresh_token",
        refreshToken: "unknown",
      }),
    ),
  InvalidRedirectUriException: () => registerClient(oidc(), { redirectUris: ["http://127.0.0.1/#fragment"] }),
  InvalidScopeException: () =>
    oidc().send(new RegisterClientCommand({ clientName: "a client", clientType: "public", scopes: ["two words"] })),
  UnauthorizedClientException: async () =>
    oidc().send(
      new StartDeviceAuthorizationCommand({
        ...(await registerClient(oidc(), { grantTypes: ["refresh_token"] })),
        startUrl: "https://example.awsapps.com/start",
      }),
    ),
  UnsupportedGrantTypeException: async () =>
    oidc().send(new CreateTokenCommand({ ...(await registerClient(oidc())), grantType: "password" })),
  AuthorizationPendingException: async () => (await startDevice(oidc())).poll(),
  SlowDownException: async () => {
    const { poll } = await startDevice(oidc());
    for (let polls = 0; polls < 3; polls++) {
      await expect(poll()).rejects.toMatchObject({ name: "AuthorizationPendingException" });
    }
    return poll();
  },
  AccessDeniedException: async () => {
    const { device, poll } = await startDevice(oidc());
    await decide(device.verificationUriComplete, "deny");
    return poll();
  },
  ExpiredTokenException: async () => {
    const { poll } = await startDevice(oidc());
    now = START + 600_000;
    return poll();
  },
};

describe("the OIDC service", () => {
  test.each(Object.entries(REFUSALS))("refuses with %s, as the official client reads it", async (name, ask) => {
    const [, status, error] = OIDC_REFUSALS[name as keyof typeof OIDC_REFUSALS];

    await expect(ask()).rejects.toMatchObject({
      name,
      error,
      error_description: expect.any(String),
      $metadata: { httpStatusCode: status, requestId: expect.any(String) },
    });
  });

  test("takes polls again in the next interval", async () => {
    const { poll } = await startDevice(oidc());
    for (let polls = 0; polls < 4; polls++) await poll().catch(() => {});
    now = START + 1000;

    await expect(poll()).rejects.toMatchObject({ name: "AuthorizationPendingException" });
  });

  test("takes no device code and no refresh token of another client", async () => {
    const { device } = await startDevice(oidc());
    const { refreshToken } = await (await signIn()).refresh();
    const other = await registerClient(oidc());
    const ask = (more: object) => oidc().send(new CreateTokenCommand({ ...other, grantType: "", ...more }));

    for (const more of [
      { grantType: DEVICE_CODE, deviceCode: device.deviceCode },
      { grantType: "refresh_token", refreshToken },
    ]) {
      await expect(ask(more)).rejects.toMatchObject({ name: "InvalidGrantException" });
    }
  });

  test("knows a client that registered before the fake was started", async () => {
    const client = await registerClient(oidc());
    const other = await serve(createFakeCore(), { port: 0 });
    try {
      const started = oidcClient(other.url).send(
        new StartDeviceAuthorizationCommand({ ...client, startUrl: "https://example.awsapps.com/start" }),
      );
      expect(await started).toHaveProperty("deviceCode");
    } finally {
      await other.close();
    }
  });

  test("takes no registration after 90 days", async () => {
    const { poll } = await startDevice(oidc());
    now = START + 90 * 86_400_000;

    await expect(poll()).rejects.toMatchObject({ name: "InvalidClientException" });
  });

  test.each(["", "[]", "{", '{"clientName":1,"clientType":"public"}', `{"clientName":"${"x".repeat(70_000)}"}`])(
    "refuses a body that it cannot read: %.40s",
    async (body) => {
      const reply = await fetch(`${fake.server.url}/client/register`, { method: "POST", body });

      expect([reply.status, await reply.json()]).toMatchObject([400, { error: "invalid_request" }]);
      expect(reply.headers.get("x-amzn-errortype")).toBe("InvalidRequestException");
    },
  );
});

describe("whatever is sent", () => {
  const core = createFakeCore({ now: () => new Date(START) });
  const known = registeredClient(
    { clientName: "a client", refreshes: true, redirectUris: ["http://127.0.0.1/"] },
    new Date(START),
  );
  const ofBodies =
    "clientId clientSecret clientName clientType grantType grantTypes scopes deviceCode refreshToken code codeVerifier redirectUri redirectUris startUrl __proto__";
  const ofQueries =
    "client_id redirect_uri response_type code_challenge code_challenge_method state user_code decision account_id next_token";
  const names = fc.constantFrom(...ofBodies.split(" "), ...ofQueries.split(" "));
  const values = fc.oneof(
    fc.constantFrom(known.clientId, known.clientSecret, "public", DEVICE_CODE, "refresh_token", "authorization_code"),
    fc.constantFrom("http://127.0.0.1/", "http://[", "allow", "deny", "code", "S256", "x".repeat(43)),
    anyText(),
  );
  const bodies = fc.oneof(
    fc.dictionary(names, fc.oneof(values, fc.array(values), fc.jsonValue())).map((value) => JSON.stringify(value)),
    fc.array(fc.tuple(names, values)).map((pairs) => new URLSearchParams(pairs).toString()),
    fc.string(),
  );

  test("is answered, and is no mistake of the fake", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          ...["/client/register", "/device_authorization", "/token"].map((path) => ["POST", path] as const),
          ...["/authorize", "/device", "/assignment/roles"].map((path) => ["GET", path] as const),
          ...["/authorize", "/device", "/logout"].map((path) => ["POST", path] as const),
        ),
        fc.array(fc.tuple(names, values)),
        bodies,
        async ([method, path], query, body) => {
          const target = `${path}?${new URLSearchParams(query)}`;
          const reply = await sendToFake(core, wireRequest({ method, target, body }));

          expect(reply.status).toBeLessThan(500);
        },
      ),
      soakProperty(20_000, 1000),
    );
  });
});

describe("the page on which one confirms", () => {
  test("shows the client and the code, escaped, and loads and runs nothing", async () => {
    const client = await oidc().send(
      new RegisterClientCommand({ clientName: `<b onclick="x">&'`, clientType: "public" }),
    );
    const { verificationUriComplete = "", userCode } = await oidc().send(
      new StartDeviceAuthorizationCommand({
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        startUrl: "https://example.awsapps.com/start",
      }),
    );
    const reply = await fetch(verificationUriComplete);
    const page = await reply.text();

    expect(reply.headers.get("content-security-policy")).toBe(
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
    expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page).toContain("&lt;b onclick=&quot;x&quot;&gt;&amp;&#39;");
    expect(page).toContain(`name="user_code" value="${userCode}"`);
    expect(page).not.toMatch(/<(?:script|link|img|style)/);
  });

  test("asks for the code where the link has none, and takes it as people type it", async () => {
    const { device, poll } = await startDevice(oidc());
    const empty = await (await fetch(device.verificationUri ?? "")).text();
    const typed = device.userCode?.toLowerCase().replace("-", " ") ?? "";
    const body = new URLSearchParams({ user_code: typed, decision: "allow" });

    expect(empty).toContain('<input name="user_code"');
    expect((await fetch(device.verificationUri ?? "", { method: "POST", body })).status).toBe(200);
    expect(await poll()).toHaveProperty("accessToken");
  });

  test.each<[string, (url: string) => Promise<Response>, number, string]>([
    ["a code that no device shows", (url) => fetch(url.replace(/=.*/, "=%3Cb%3E")), 400, "No device shows this code"],
    ["no decision", (url) => fetch(url, { method: "POST" }), 400, "Expected the decision allow or deny"],
    [
      "a button on another page",
      (url) => decide(url, "allow", { "sec-fetch-site": "cross-site" }),
      403,
      "Another page asked this",
    ],
    [
      "a second decision",
      async (url) => {
        await decide(url, "deny");
        return decide(url, "allow");
      },
      400,
      "This sign-in was already denied",
    ],
    [
      "a code that has ended",
      (url) => {
        now = START + 600_000;
        return decide(url, "allow");
      },
      400,
      "This code has expired",
    ],
  ])("refuses %s", async (_, ask, status, title) => {
    const { device, poll } = await startDevice(oidc());
    const reply = await ask(device.verificationUriComplete ?? "");

    expect([reply.status, await reply.text()]).toEqual([status, expect.stringContaining(`<h1>${title}</h1>`)]);
    await expect(poll()).rejects.toBeInstanceOf(Error);
  });
});

describe("signing in with an authorization code", () => {
  /** What a command line registers, and where it listens: the port is another each time. */
  const REGISTERED = "http://127.0.0.1/oauth/callback";
  const LISTENING = "http://127.0.0.1:39999/oauth/callback";
  const GRANT_TYPES = ["authorization_code", "refresh_token"];

  const register = (changed: Parameters<typeof registerClient>[1] = {}) =>
    registerClient(oidc(), { grantTypes: GRANT_TYPES, redirectUris: [REGISTERED], ...changed });
  const urlOf = (clientId: string | undefined, changed: Readonly<Record<string, string>> = {}) =>
    `${fake.server.url}/authorize?${new URLSearchParams({
      response_type: "code",
      client_id: clientId ?? "",
      redirect_uri: LISTENING,
      state: "a state & more",
      code_challenge_method: "S256",
      scopes: "sso:account:access",
      code_challenge: CODE_CHALLENGE,
      ...changed,
    })}`;
  const press = (url: string, decision: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ decision }), redirect: "manual" });
  async function authorize() {
    const client = await register();
    const reply = await press(urlOf(client.clientId), "allow");
    const location = new URL(reply.headers.get("location") ?? "");
    const code = location.searchParams.get("code") ?? "";
    const exchange = (changed: object = {}) =>
      oidc().send(
        new CreateTokenCommand({
          ...client,
          grantType: "authorization_code",
          code,
          redirectUri: LISTENING,
          codeVerifier: CODE_VERIFIER,
          ...changed,
        }),
      );
    return { client, reply, location, code, exchange };
  }

  test("sends the browser back with a code, which is worth tokens once", async () => {
    const { reply, location, code, exchange } = await authorize();
    const { accessToken = "", refreshToken } = await exchange();

    expect([reply.status, location.origin + location.pathname]).toEqual([303, LISTENING]);
    expect(location.searchParams.get("state")).toBe("a state & more");
    expect(refreshToken).toMatch(/^aoaAAAAA/);
    expect((await roleCredentials(accessToken)).roleCredentials?.accessKeyId).toMatch(/^ASIA/);
    await expect(exchange()).rejects.toMatchObject({ name: "InvalidGrantException" });
    expect(JSON.stringify(fake.core.journal.snapshot())).not.toContain(code);
  });

  test("shows who asks, and may lead to nowhere else", async () => {
    const { clientId } = await register();
    const reply = await fetch(urlOf(clientId));
    const page = await reply.text();

    expect(reply.headers.get("content-security-policy")).toMatch(/ form-action 'self' http:\/\/127\.0\.0\.1:39999$/);
    expect(page).toContain("<b>a client</b> wants to sign in");
    expect(page).toContain("<b>http://127.0.0.1:39999</b>");
  });

  test("tells the client that it was denied", async () => {
    const { clientId } = await register();
    const reply = await press(urlOf(clientId), "deny");

    expect(reply.headers.get("location")).toBe(`${LISTENING}?error=access_denied&state=a+state+%26+more`);
  });

  test.each<[string, object, string]>([
    ["another verifier", { codeVerifier: `${CODE_VERIFIER}x` }, "InvalidGrantException"],
    ["another redirect URI", { redirectUri: REGISTERED }, "InvalidGrantException"],
    ["another code", { code: "another" }, "InvalidGrantException"],
    ["no verifier", { codeVerifier: undefined }, "InvalidRequestException"],
  ])("gives nothing for %s", async (_, changed, name) => {
    const { exchange } = await authorize();

    await expect(exchange(changed)).rejects.toMatchObject({ name });
    expect(await exchange()).toHaveProperty("accessToken");
  });

  test("gives nothing to another client, and nothing after ten minutes", async () => {
    const { exchange } = await authorize();

    await expect(exchange(await register())).rejects.toMatchObject({ name: "InvalidGrantException" });
    now = START + 600_000;
    await expect(exchange()).rejects.toMatchObject({ name: "ExpiredTokenException" });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ["a client that is unknown", { client_id: "unknown" }, "This client is not registered"],
    ["another host", { redirect_uri: "http://example.com/oauth/callback" }, "registered another redirect URI"],
    ["another path", { redirect_uri: "http://127.0.0.1:39999/other" }, "registered another redirect URI"],
    [
      "a name that begins so",
      { redirect_uri: "http://127.0.0.1:1@example.com/oauth/callback" },
      "another redirect URI",
    ],
    ["another scheme", { redirect_uri: "javascript:alert(1)" }, "registered another redirect URI"],
    ["another response type", { response_type: "token" }, "Expected the response type code"],
    ["a challenge as it is", { code_challenge_method: "plain" }, "Expected a code challenge"],
    ["no challenge", { code_challenge: "" }, "Expected a code challenge"],
    ["a long state", { state: "x".repeat(1025) }, "Expected a state of 1024 letters at most"],
  ])("sends nobody on for %s", async (_, changed, says) => {
    const { clientId } = await register();
    const replies = [await fetch(urlOf(clientId, changed)), await press(urlOf(clientId, changed), "allow")];

    for (const reply of replies) {
      expect([reply.status, reply.headers.get("location")]).toEqual([400, null]);
      expect(await reply.text()).toContain(says);
    }
  });

  test("sends nobody on to what a client made up", async () => {
    for (const redirect_uri of ["javascript:alert(1)", "no URL", "http://127.0.0.1/#x"]) {
      const row = ["a client", true, null, [redirect_uri], START / 1000, "salt"];
      const url = urlOf(Buffer.from(JSON.stringify(row)).toString("base64url"), { redirect_uri });

      expect((await press(url, "allow")).status).toBe(400);
      expect((await fetch(url)).status).toBe(400);
    }
  });

  test("is for clients that registered for it", async () => {
    const { clientId } = await register({ grantTypes: [DEVICE_CODE] });

    expect(await (await fetch(urlOf(clientId))).text()).toContain("not registered for authorization codes");
  });
});
