import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { afterEach, expect, test } from "vitest";
import { createFakeCore, type FakeCore, serve } from "../../src/server.ts";
import { BEDROCK_MODEL } from "../clients/make-clients.ts";
import { ACCOUNT, ALICE, policy } from "../permissions/support.ts";
import { sendRaw } from "../support/raw-http.ts";
import { GOOD, sign, withHeader } from "../support/requests.ts";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A fake in which the role may be taken on, and may not ask Claude. */
async function startDenying(): Promise<{ readonly core: FakeCore; readonly url: string }> {
  const core = createFakeCore({
    principals: [
      { name: "alice", credentials: [ALICE], policies: [policy({ Action: "sts:AssumeRole", Resource: ROLE })] },
      { arn: ROLE, policies: [] },
    ],
  });
  const server = await serve(core, { port: 0 });
  closing.push(() => server.close());
  return { core, url: server.url };
}

const { accessKeyId, secretAccessKey } = ALICE;

/** Takes the role on when it is asked first, and not again. */
const takeRole = (url: string) =>
  fromTemporaryCredentials({
    masterCredentials: { accessKeyId, secretAccessKey },
    params: { RoleArn: ROLE, RoleSessionName: `session-${closing.length}` },
    clientConfig: { region: "us-east-1", endpoint: url },
  });

/** The official client, with credentials of a session that it takes on by itself. */
function openClient(url: string): BedrockRuntimeClient {
  const client = new BedrockRuntimeClient({ region: "us-east-1", endpoint: url, credentials: takeRole(url) });
  closing.push(() => client.destroy());
  return client;
}

/** Asks without a client, with a session of its own each time. */
async function askAnew(url: string): Promise<number> {
  const port = Number(new URL(url).port);
  const { accessKeyId: id, secretAccessKey: secret, sessionToken = "" } = await takeRole(url)();
  const credentials = { accessKeyId: id, secretAccessKey: secret, sessionToken };
  const request = withHeader(GOOD.bedrock.request(port), "user-agent", "hand-written/1.0");
  return (await sendRaw(port, await sign(request, GOOD.bedrock.service, { credentials }))).status;
}

const ask = (client: BedrockRuntimeClient, text: string): Promise<unknown> =>
  client
    .send(new ConverseCommand({ modelId: BEDROCK_MODEL, messages: [{ role: "user", content: [{ text }] }] }))
    .catch((error: unknown) => (error as Error).name);

const RULE = "retry-without-login-after-denial";
const levels = ({ journal }: FakeCore): readonly string[] =>
  journal
    .snapshot()
    .exchanges.flatMap(({ findings }) => findings.flatMap(({ rule, level }) => (rule === RULE ? level : [])));

test("the AWS SDK keeps its session where a policy denies", async () => {
  const { core, url } = await startDenying();
  const client = openClient(url);

  expect(await ask(client, "hello")).toBe("AccessDeniedException");
  expect(await ask(client, "something else")).toBe("AccessDeniedException");
  expect(levels(core)).toEqual(["pass"]);
});

test("a program that takes the role on again where a policy denied, to ask the same, breaks the rule", async () => {
  const { core, url } = await startDenying();

  expect([await askAnew(url), await askAnew(url)]).toEqual([403, 403]);
  expect(levels(core)).toEqual(["warn"]);
  expect(core.journal.snapshot().exchanges.map(({ operation }) => operation)).toEqual([
    "AssumeRole",
    "InvokeModel",
    "AssumeRole",
    "InvokeModel",
  ]);
});

test("nothing is said of clients that each take the role on for a first attempt of their own", async () => {
  const { core, url } = await startDenying();
  for (let client = 0; client < 2; client++) await ask(openClient(url), "hello");

  expect(levels(core)).toEqual([]);
});
