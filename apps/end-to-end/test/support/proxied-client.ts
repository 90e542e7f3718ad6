import process from "node:process";
import { resolveConfig } from "@claude-on-aws/env";
import { createFetch, FetchError } from "@claude-on-aws/fetch";

// A program of its own: whom a process trusts, and which proxy it uses, is settled when it starts.
const fetch = createFetch(resolveConfig({ env: process.env }), { connectTimeoutMs: 60_000 });
const body = {
  model: "claude-haiku-4-5-20251001",
  max_tokens: 64,
  stream: true,
  messages: [{ role: "user", content: "Hello" }],
};
const init = {
  method: "POST",
  headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
  body: JSON.stringify(body),
};
const said: string[] = [];
for (let time = 0; time < 2; time += 1) {
  try {
    const response = await fetch("https://api.anthropic.com/v1/messages", init);
    said.push(`${response.status} ${(await response.text()).includes("message_stop")}`);
  } catch (error) {
    said.push(error instanceof FetchError ? error.code : String(error));
  }
}
console.log(said.join("\n"));
process.exit();
