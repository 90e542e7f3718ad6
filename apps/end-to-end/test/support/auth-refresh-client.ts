// Runs in a process of its own: the chain reads the environment, and so does the command that signs in.
import { authFetch } from "@claude-on-aws/auth";
import { createCredentials } from "@claude-on-aws/auth/credentials";

const [url = "", awsAuthRefresh = ""] = process.argv.slice(2);
const shown: string[] = [];
const send = authFetch({
  credentials: createCredentials({ awsAuthRefresh, show: (text) => void shown.push(text) }),
  service: "bedrock",
  region: "us-east-1",
});
const ask = async (): Promise<number> => {
  const { status, body } = await send(`${url}/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      anthropic_version: "bedrock-2023-05-31",
      max_tokens: 16,
      messages: [{ role: "user", content: "hello" }],
    }),
  });
  await body?.cancel();
  return status;
};
const first = await ask();
const second = await ask();
console.log(JSON.stringify({ statuses: [first, second], shown: shown.join("") }));
process.exit(0);
