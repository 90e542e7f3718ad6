/**
 * What a team's command for fresh credentials does: takes a role on at AWS STS, which is the fake behind its proxy. Run by
 * Claude Code, as `awsCredentialExport` with the word `export`, as `awsAuthRefresh` with `refresh`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { signRequest } from "../../packages/auth/src/sigv4/index.ts";
import { EXAMPLE_CREDENTIALS } from "../../apps/fake/src/settings/example-credentials.ts";

const region = process.env["AWS_REGION"] ?? "us-east-1";
const host = `sts.${region}.amazonaws.com`;
const FORM = new URLSearchParams({
  Action: "AssumeRole",
  Version: "2011-06-15",
  RoleArn: "arn:aws:iam::123456789012:role/claude-code",
  RoleSessionName: "turn",
}).toString();
const signed = await signRequest(
  {
    method: "POST",
    target: "/",
    headers: [
      ["host", host],
      ["content-type", "application/x-www-form-urlencoded"],
    ],
    httpVersion: "1.1",
    body: new TextEncoder().encode(FORM),
  },
  { credentials: EXAMPLE_CREDENTIALS, service: "sts", region },
);
const response = await fetch(`https://${host}/`, {
  method: "POST",
  headers: Object.fromEntries(signed.headers),
  body: FORM,
});
const text = await response.text();
const element = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? "";
if (!response.ok) {
  console.error(`STS answered ${response.status}: ${text}`);
  process.exitCode = 1;
} else if (process.argv[2] === "export") {
  // Without the end of the session: the program finds out when it is refused.
  console.log(
    JSON.stringify({
      Credentials: {
        AccessKeyId: element("AccessKeyId"),
        SecretAccessKey: element("SecretAccessKey"),
        SessionToken: element("SessionToken"),
      },
    }),
  );
} else {
  const file = process.env["AWS_SHARED_CREDENTIALS_FILE"] ?? "";
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    [
      "[default]",
      `aws_access_key_id = ${element("AccessKeyId")}`,
      `aws_secret_access_key = ${element("SecretAccessKey")}`,
      `aws_session_token = ${element("SessionToken")}`,
      "",
    ].join("\n"),
  );
}
