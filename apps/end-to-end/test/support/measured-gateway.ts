/**
 * A gateway and a service behind it in a process of their own, so that their memory can be measured. The service reads what it is sent,
 * and answers with a stream in which nothing comes.
 *
 * Usage: measured-gateway.ts PROVIDER
 */
import { answerStateLines } from "@claude-on-aws/fixtures/abuse";
import { type Caller, createHandler, type Upstream } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { fetchOnto } from "./fetch-providers.ts";

const CALLER: Caller = {
  name: "tests",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: null },
  ownKey: null,
};

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
const handler = createHandler({
  upstreams: [{ name: "service", provider, region: "us-east-1", fetch: fetchOnto(service.url, provider) }],
  identify: () => CALLER,
  audit: () => void ended++,
});
const { url } = await listen((head, request) => {
  begun++;
  return handler(head, request);
});
await answerStateLines(url, () => ({ begun, ended }));
