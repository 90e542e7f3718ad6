/**
 * A gateway and a service behind it in a process of their own, so that their memory can be measured. The service reads what it is sent,
 * and answers with a stream in which nothing comes.
 *
 * Usage: measured-gateway.ts PROVIDER
 */
import { resolveConfig } from "@claude-on-aws/env";
import { createFetch } from "@claude-on-aws/fetch";
import { answerStateLines } from "@claude-on-aws/fixtures/abuse";
import { createHandler, type Upstream } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
// Not what opens gateways for other tests: with it, a fake and vitest would be loaded and measured.
import { PROVIDERS } from "./provider-variables.ts";

const STREAMS: Readonly<Record<string, string>> = {
  "anthropic-aws": "text/event-stream",
  bedrock: "application/vnd.amazon.eventstream",
};

const provider = process.argv[2] as Upstream["provider"];
const never = new Promise<never>(() => {});
let begun = 0;
let ended = 0;

/** @yields Nothing, ever. */
async function* silence(): AsyncGenerator<Uint8Array> {
  yield await never;
}

const service = await listen(async (_, request) => {
  await request.read(10_000_000);
  return { status: 200, headers: [["content-type", STREAMS[provider] ?? ""]], body: silence() };
});
const credentials = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "a-secret" };
const fetch = createFetch(resolveConfig({ env: { ...credentials, ...PROVIDERS[provider]?.(service.url) } }), {
  connectTimeoutMs: 0,
});
const gateway = await listen(
  createHandler({
    upstreams: [{ name: "service", provider, region: "us-east-1", fetch }],
    identify: () => {
      begun++;
      const limits = { models: null, upstreams: null, maxConcurrent: null };
      return { name: "tests", proof: "token", groups: [], limits, ownKey: null };
    },
    audit: () => void ended++,
  }),
);
await answerStateLines(gateway.url, () => ({ begun, ended }));
