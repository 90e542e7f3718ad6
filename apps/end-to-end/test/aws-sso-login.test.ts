import { shareOf } from "@claude-on-aws/fixtures";
import { runCommand } from "@claude-on-aws/auth/command";
import { createFakeCore, type FakeCore, type FakeServer, serve } from "@claude-on-aws/fake/server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AwsHome, makeAwsHome, runtimeCommand } from "./support/aws-home.ts";
import { findAwsCommand } from "./support/find-aws-command.ts";

const found = await findAwsCommand();
const reason = "missing" in found ? ` (skipped: ${found.missing})` : "";
const { path = "", loginFlags = [] } = "missing" in found ? {} : found;
const LOGIN = ["sso", "login", ...loginFlags];

describe.skipIf(reason !== "")(`AWS's own command line${reason}`, () => {
  let core: FakeCore;
  let server: FakeServer;
  let home: AwsHome;

  beforeEach(async () => {
    // Nothing is accepted that was not issued.
    core = createFakeCore({ ssoTokens: [] });
    server = await serve(core, { port: 0, proxy: true });
    home = await makeAwsHome();
  });

  afterEach(async () => {
    await server.close();
    await home.remove();
  });

  const aws = (args: readonly string[], decision: "allow" | "deny" = "allow", show?: (text: string) => void) =>
    runCommand([path, ...args], { env: home.env(server, decision), ...(show && { stdout: show }) });
  const operations = () =>
    core.journal.snapshot().exchanges.map(({ provider, operation }) => `${provider} ${operation}`);

  const CASES: readonly (readonly [name: string, run: () => Promise<void>])[] = [
    [
      "signs in through the proxy, gets credentials, and signs out",
      async () => {
        const login = await aws(LOGIN);
        const [whoami, exported] = await Promise.all([
          aws(["sts", "get-caller-identity", "--query", "Arn", "--output", "text"]),
          aws(["configure", "export-credentials"]),
        ]);
        const logout = await aws(["sso", "logout"]);
        const after = await aws(["sts", "get-caller-identity"]);

        expect(login).toMatchObject({
          status: 0,
          stdout: expect.stringContaining("Successfully logged into Start URL"),
        });
        expect(whoami).toMatchObject({
          status: 0,
          stdout: expect.stringMatching(
            /^arn:aws:sts::123456789012:assumed-role\/AWSReservedSSO_Reader_[0-9a-z]{16}\/administrator\n$/,
          ),
        });
        expect(JSON.parse(exported.stdout)).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });
        expect(logout.status).toBe(0);
        expect(after.status).not.toBe(0);
        expect(core.report().refusedHosts).toBeUndefined();
        expect(operations()).toEqual(
          expect.arrayContaining([
            "sso-oidc RegisterClient",
            "sso-oidc StartDeviceAuthorization",
            "sso-oidc CreateToken",
            "sso-device ConfirmVerification",
            "sso GetRoleCredentials",
            "sts GetCallerIdentity",
            "sso Logout",
          ]),
        );
      },
    ],
    [
      "signs in to a fake that was started since: what it registered is kept for 90 days",
      async () => {
        const first = await aws(LOGIN);
        const other = await serve(createFakeCore(), { port: 0, proxy: true });
        try {
          const second = await runCommand([path, ...LOGIN], { env: home.env(other) });
          expect([first.status, second.status, second.stderr]).toEqual([0, 0, ""]);
        } finally {
          await other.close();
        }
      },
    ],
    [
      "says that the sign-in was denied",
      async () => {
        const { status, stderr } = await aws(LOGIN, "deny");

        expect(status).not.toBe(0);
        expect(stderr).toContain("AccessDenied");
      },
    ],
    [
      "waits without a browser, until somebody opens the page elsewhere",
      async () => {
        let printed = "";
        let confirmed: Promise<Response> | undefined;
        const { status } = await aws([...LOGIN, "--no-browser"], "allow", (text) => {
          printed += text;
          const [url] = /http:\S+\?user_code=[A-Z]{4}-[A-Z]{4}(?=\n)/.exec(printed) ?? [];
          if (url !== undefined) confirmed ??= fetch(url, { method: "POST", body: "decision=allow" });
        });

        expect((await confirmed)?.status).toBe(200);
        expect(status).toBe(0);
        expect(printed).toContain("Successfully logged into Start URL");
      },
    ],
    [
      "signs in as awsAuthRefresh, once, where nobody is signed in",
      async () => {
        const command = [path, ...LOGIN].join(" ");
        const { status, stdout, stderr } = await runCommand(
          runtimeCommand("auth-refresh-client.ts", server.url, command),
          // The chain of AWS's SDK for JavaScript takes no proxy: it is led by endpoints.
          { env: { ...home.env(server), AWS_ENDPOINT_URL_SSO: server.url } },
        );

        expect({ status, stderr }).toMatchObject({ status: 0 });
        expect(JSON.parse(stdout)).toEqual({
          statuses: [200, 200],
          shown: expect.stringContaining("Successfully logged into Start URL"),
        });
        expect(operations().filter((name) => name === "sso-oidc StartDeviceAuthorization")).toHaveLength(1);
      },
    ],
  ];
  // That program computes for seconds to do a thing.
  test.each(shareOf(CASES))("%s", async (_, run) => {
    expect.hasAssertions();
    await run();
  });
});
