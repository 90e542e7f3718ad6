import { describe, expect, test } from "vitest";
import { createFakeCore, EXAMPLE_CREDENTIALS } from "../../src/server.ts";
import { webIdentityToken } from "./support/client-home.ts";
import { elementOf, queryRequest, sendToFake, signForSts, wireRequest } from "./support/send-to-fake.ts";

const NOW = new Date("2026-11-21T12:00:00Z");

describe("the journal of a fake that gives credentials", () => {
  test("holds each exchange, and none of the secrets in it", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const role = { RoleArn: "arn:aws:iam::123456789012:role/reader", RoleSessionName: "session" };
    const webToken = webIdentityToken({ sub: "who", exp: NOW.getTime() / 1000 + 60 });
    const asked = queryRequest({ Action: "AssumeRole", ...role, ExternalId: "shared-secret", TokenCode: "867530" });
    const session = (await sendToFake(fake, await signForSts(asked, EXAMPLE_CREDENTIALS, NOW))).text;
    const credentials = {
      accessKeyId: elementOf(session, "AccessKeyId") ?? "",
      secretAccessKey: elementOf(session, "SecretAccessKey") ?? "",
      sessionToken: elementOf(session, "SessionToken") ?? "",
    };
    await sendToFake(fake, await signForSts(queryRequest({ Action: "GetCallerIdentity" }), credentials, NOW));
    await sendToFake(fake, queryRequest({ Action: "AssumeRoleWithWebIdentity", ...role, WebIdentityToken: webToken }));
    await sendToFake(fake, queryRequest({ Action: "Other", WebIdentityToken: webToken }));
    // No form: nobody can say what is a secret in it.
    await sendToFake(fake, { ...queryRequest({}), body: new TextEncoder().encode(`a=1&a=${webToken}`) });
    const inQuery = `/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=${webToken}`;
    await sendToFake(fake, wireRequest({ target: inQuery }));
    await sendToFake(fake, wireRequest({ method: "POST", target: inQuery, body: "Action=GetCallerIdentity" }));
    const ssoTarget = "/federation/credentials?role_name=Reader&account_id=123456789012";
    const ssoToken = "a-token-of-identity-center";
    await sendToFake(fake, wireRequest({ target: ssoTarget, headers: [["x-amz-sso_bearer_token", ssoToken]] }));
    const agentToken = "a-token-of-the-agent";
    await sendToFake(fake, wireRequest({ target: "/v1/credentials", headers: [["authorization", agentToken]] }));
    const ttl = [["x-aws-ec2-metadata-token-ttl-seconds", "60"]] as const;
    const metadataToken = (
      await sendToFake(fake, wireRequest({ method: "PUT", target: "/latest/api/token", headers: ttl }))
    ).text;
    const target = "/latest/meta-data/iam/security-credentials/instance-role";
    const headers = [["x-aws-ec2-metadata-token", metadataToken]] as const;
    const instance = JSON.parse((await sendToFake(fake, wireRequest({ target, headers }))).text) as Record<
      string,
      string
    >;
    // A wrong signature is explained with what should have been signed.
    await sendToFake(fake, {
      ...(await signForSts(queryRequest({ Action: "GetCallerIdentity" }), credentials, NOW)),
      body: asked.body,
    });

    const { exchanges } = fake.journal.snapshot();
    const written = JSON.stringify(exchanges);
    const secrets = [
      ...[credentials, { secretAccessKey: instance["SecretAccessKey"], sessionToken: instance["Token"] }].flatMap(
        ({ secretAccessKey, sessionToken }) => [secretAccessKey, sessionToken],
      ),
      EXAMPLE_CREDENTIALS.secretAccessKey,
      webToken,
      "shared-secret",
      "867530",
      ssoToken,
      agentToken,
      metadataToken,
    ];

    expect(exchanges.map(({ provider, operation }) => `${provider} ${operation}`)).toEqual([
      "sts AssumeRole",
      "sts GetCallerIdentity",
      "sts AssumeRoleWithWebIdentity",
      "sts undefined",
      "sts undefined",
      "sts AssumeRoleWithWebIdentity",
      "sts undefined",
      "sso GetRoleCredentials",
      "container-credentials GetCredentials",
      "instance-metadata PutToken",
      "instance-metadata GetMetadata",
      "sts AssumeRole",
    ]);
    expect(
      secrets.map((secret) => typeof secret === "string" && secret.length > 5 && !written.includes(secret)),
    ).toEqual(secrets.map(() => true));
    expect(exchanges[0]?.request.body).toMatch(
      /RoleSessionName=session&ExternalId=‹13 characters #\w{4}›&TokenCode=‹6 characters #\w{4}›/,
    );
    expect(exchanges[1]?.caller).toMatchObject({ accessKeyId: credentials.accessKeyId, service: "sts" });
  });

  test("explains a wrong signature without what is secret in the form that was signed", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const secrets = ["shared-secret", "867530", "a-policy"];
    const target =
      "/?Action=AssumeRole&Version=2011-06-15&RoleSessionName=session&ExternalId=shared-secret&TokenCode=867530&Policy=a-policy";
    const wrong = { ...EXAMPLE_CREDENTIALS, secretAccessKey: "wrong" };
    await sendToFake(fake, await signForSts(wireRequest({ target }), wrong, NOW));
    const { exchanges } = fake.journal.snapshot();
    const details = exchanges[0]?.checks.find(({ check }) => check === "authentication")?.fault?.details;

    expect(details?.["canonicalRequest"]).toMatch(
      /\nAction=AssumeRole&ExternalId=‹13 characters #\w{4}›&Policy=‹8 characters #\w{4}›&/,
    );
    expect(secrets.filter((secret) => JSON.stringify(exchanges).includes(secret))).toEqual([]);
  });

  test("holds no secret that was issued, wherever a client puts it", async () => {
    const fake = createFakeCore({ now: () => NOW, maxJournalBodyBytes: 200 });
    const { secretAccessKey, sessionToken } = fake.state.credentials.issue(
      { accountId: "123456789012", roleName: "reader", sessionName: "session" },
      900,
      NOW,
    );
    const body = JSON.stringify({ text: `${secretAccessKey} ${encodeURIComponent(sessionToken)}` });
    const target = `/v1/messages?x=${encodeURIComponent(secretAccessKey)}`;
    await sendToFake(fake, wireRequest({ method: "POST", target, headers: [["user-agent", sessionToken]], body }));
    const written = JSON.stringify(fake.journal.snapshot());

    for (const secret of [secretAccessKey, encodeURIComponent(secretAccessKey), sessionToken.slice(0, 40)]) {
      expect(written).not.toContain(secret);
    }
    expect(written).not.toContain("IQoJb3JpZ2luX2Vj");
    expect(written).not.toContain("claudeOnAws");
  });

  test("judges nothing by rules that are about Claude, and reports nothing broken", async () => {
    const fake = createFakeCore({ now: () => NOW });
    await sendToFake(fake, queryRequest({ Action: "GetCallerIdentity" }, [["user-agent", "a-client/1.0"]]));
    await sendToFake(fake, wireRequest({ target: "/latest/meta-data/", headers: [["user-agent", "a-client/1.0"]] }));

    expect(fake.journal.snapshot().exchanges.map(({ findings }) => findings)).toEqual([[], []]);
    expect(fake.report()).toMatchObject({ exchanges: 2, failed: 0, warned: 0, passed: 0 });
  });

  test("lets another answer first, and issues nothing then", async () => {
    const fake = createFakeCore();
    const answer = { status: 503, headers: [], body: new Uint8Array() };
    fake.override(async () => answer);
    const { status } = await sendToFake(fake, wireRequest({ target: "/v1/credentials" }));

    expect([status, fake.state.credentials.size]).toEqual([503, 0]);
    expect(fake.journal.snapshot().exchanges[0]).toMatchObject({ answeredBy: "override", reply: { status: 503 } });
  });

  test("says so where a handler throws", async () => {
    const fake = createFakeCore();
    fake.override(() => Promise.reject(new Error("broken")));
    const { status, text } = await sendToFake(fake, queryRequest({ Action: "GetCallerIdentity" }));

    expect([status, elementOf(text, "Code")]).toEqual([500, "InternalFailure"]);
    expect(fake.journal.snapshot().exchanges[0]?.checks.at(-1)).toMatchObject({ check: "override" });
  });
});
