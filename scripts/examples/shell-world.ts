import { readFileSync } from "node:fs";
import { join } from "node:path";
import { authFetch } from "../../packages/auth/src/fetch/auth-fetch.ts";

/** What a document calls something that has another name where it is tried. */
export type StandIn = readonly [written: RegExp, instead: string];

/** Address of the fake that documents call by its usual port. */
export const USUAL_ADDRESS = "http://127.0.0.1:4242";

/** What commands are run as. Two fakes cannot have the usual port, and `start` of the workspace is `claude-on-aws fake`. */
export const standIns = (url: string): readonly StandIn[] => [
  [/^npx --yes pnpm@\S+ start\b/, "npx claude-on-aws fake"],
  [/\bclaude-on-aws fake(?= *$)/, "claude-on-aws fake --port 0"],
  [/--check \S+(?= *$)/, `$& --journal ${url}`],
  [new RegExp(USUAL_ADDRESS.replaceAll(".", String.raw`\.`)), url],
];

/** Commands that go on until they are stopped, and what they print as soon as they are there. */
export const SERVER: { readonly command: RegExp; readonly isThere: RegExp } = {
  command: /\bclaude-on-aws fake(?! run)\b/,
  isThere: /\blistens on http:/,
};

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const COUNTED = { model: "claude-sonnet-4-6", messages: [{ role: "user", content: "hello" }] };
const MESSAGE = { ...COUNTED, max_tokens: 64 };
const HEADERS = {
  "content-type": "application/json",
  "anthropic-version": "2023-06-01",
  "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj",
};

/** A test that asks Claude once, wherever the variables lead. */
const ASK = `
const headers = ${JSON.stringify({ ...HEADERS, "x-api-key": "aws-external-anthropic-api-key-EXAMPLE" })};
const body = ${JSON.stringify(JSON.stringify(MESSAGE))};
const answer = await fetch(process.env.ANTHROPIC_AWS_BASE_URL + "/v1/messages", { method: "POST", headers, body });
if (!answer.ok) throw new Error(await answer.text());
`;

/** A policy with a slip of the pen. */
const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "UseClaude",
      Effect: "Allow",
      Action: ["aws-external-anthropic:CreateInference", "aws-external-anthropic:CountToken"],
      Resource: "*",
    },
  ],
};

/** What a reader has who comes to a block that names it. */
interface Belonging {
  readonly named: RegExp;
  /** Name → text, in the folder where the block is run. */
  readonly files?: (root: string) => Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** What they did before, with the fake at an address. */
  readonly before?: (url: string) => Promise<void>;
}

/** What blocks name without making it. */
export const BELONGINGS: readonly Belonging[] = [
  {
    named: /\bnpm test\b/,
    files: () => ({ "ask.mjs": ASK, "package.json": JSON.stringify({ scripts: { test: "node ask.mjs" } }) }),
  },
  {
    named: /--credentials env\b/,
    variables: { AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId, AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey },
  },
  { named: /\brequests\.jsonl\b/, files: (root) => ({ "requests.jsonl": recordedRequest(root) }) },
  { named: /\bpolicy\.json\b/, files: () => ({ "policy.json": JSON.stringify(POLICY) }), before: askSigned },
];

/** A request that a client of AWS signed, as it was recorded. */
function recordedRequest(root: string): string {
  const lines = readFileSync(join(root, "fixtures/wire-requests/requests.jsonl"), "utf8").split("\n");
  return lines.find((line) => line.includes('"valid":true')) ?? "";
}

/** Asks Claude three times and counts tokens once. */
async function askSigned(url: string): Promise<void> {
  const send = authFetch({ credentials: CREDENTIALS, region: "us-east-1", service: "aws-external-anthropic" });
  const messages = Array.from({ length: 3 }, () => ["/v1/messages", MESSAGE] as const);
  for (const [path, body] of [...messages, ["/v1/messages/count_tokens", COUNTED] as const]) {
    const answer = await send(`${url}${path}`, { method: "POST", headers: HEADERS, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`Cannot prepare an example: ${path} answered ${await answer.text()}`);
  }
}
