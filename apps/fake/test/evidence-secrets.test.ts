import { soakLength } from "@claude-on-aws/fixtures";
import { expect, test } from "vitest";
import { EXAMPLE_CREDENTIALS, type FakeCore } from "../src/server.ts";
import { playTraffic } from "./support/play-traffic.ts";

const COUNT = soakLength(10_000, 200);

/** Stands in every secret that is sent, and nowhere else: four letters stood in one of a thousand fingerprints by chance. */
const MARK = "m4rk7q";

/** A secret that the fake was configured with: it is recognised wherever it stands. */
const CONFIGURED = `${MARK}Configured/Secret+AccessKey==`;

const hidden = (place: string): string => `${MARK}/${place}+0123456789ABCDEF==`;

/** Sends requests for credentials, each with secrets in every place that its service has. */
async function askForCredentials(fake: FakeCore): Promise<void> {
  const form = `Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=${hidden("form")}&X=${hidden("x")}`;
  const json = JSON.stringify({ clientSecret: hidden("client"), refreshToken: hidden("refresh"), a: hidden("a") });
  const services = [
    ["sts.us-east-1.amazonaws.com", "POST", "/", form],
    ["sts.us-east-1.amazonaws.com", "POST", `/?${form}`, json],
    ["sts.us-east-1.amazonaws.com", "GET", `/?${form}`, ""],
    ["portal.sso.us-east-1.amazonaws.com", "GET", "/federation/credentials?role_name=a&account_id=123456789012", json],
    ["portal.sso.us-east-1.amazonaws.com", "POST", "/token", json],
    ["oidc.us-east-1.amazonaws.com", "POST", "/token", json],
    ["oidc.us-east-1.amazonaws.com", "POST", "/client/register", json],
    ["oidc.us-east-1.amazonaws.com", "POST", "/device_authorization", json],
    ["oidc.us-east-1.amazonaws.com", "POST", `/token?x=${hidden("query")}`, form],
    ["169.254.170.2", "GET", "/v2/credentials", json],
    ["169.254.169.254", "PUT", "/latest/api/token", json],
  ] as const;
  for (const [host, method, target, body] of services) {
    await fake.handle({
      method,
      target,
      headers: [
        ["host", host],
        ["authorization", hidden("authorization")],
        ["x-amz-sso_bearer_token", hidden("sso")],
        ["x-aws-ec2-metadata-token", hidden("metadata")],
        ["x-amz-security-token", hidden("session")],
      ],
      httpVersion: "1.1",
      body: new TextEncoder().encode(body),
      wire: "received",
    });
  }
}

/** What stands around each secret in a row. */
const leaks = (row: string): readonly string[] =>
  [...row.matchAll(new RegExp(`.{0,60}${MARK}.{0,30}`, "gi"))].map(([found]) => found);

test("evidence holds no secret, wherever it stood", async () => {
  const fake = await playTraffic({
    count: COUNT,
    seed: 7,
    valueAt: (place) => (["path", "body-text", "custom-header"].includes(place) ? CONFIGURED : hidden(place)),
    credentials: [{ ...EXAMPLE_CREDENTIALS, accessKeyId: "AKIAMARKED", secretAccessKey: CONFIGURED }],
  });
  const played = fake.journal.evidence();
  await askForCredentials(fake);
  const rows = fake.journal.evidence().map((row) => JSON.stringify(row));

  expect(played).toHaveLength(COUNT);
  expect(rows.flatMap((row) => leaks(row))).toEqual([]);
  // Something was there to be found: in each place, and known for what it was.
  expect(played.some(({ secrets }) => secrets.inTarget !== undefined)).toBe(true);
  expect(played.some(({ secrets }) => secrets.inBody !== undefined)).toBe(true);
  expect(new Set(played.flatMap(({ secrets }) => secrets.inHeaders.map(({ kind }) => kind)))).toEqual(
    new Set(["secret access key", "session token", "API key"]),
  );
});
