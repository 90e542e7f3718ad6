/**
 * A gateway and a service behind it in a process of their own, so that their memory can be measured. The service reads what it is sent,
 * and answers with a stream in which nothing comes.
 *
 * Usage: measured-gateway.ts PROVIDER
 */
import { answerStateLines } from "@claude-on-aws/fixtures/abuse";
import type { Upstream } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { fetchOnto } from "./fetch-providers.ts";
import { callerWith, openGateway } from "./start-gateway.ts";

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
const { url } = await openGateway({
  upstreams: [{ name: "service", provider, region: "us-east-1", fetch: fetchOnto(service.url, provider) }],
  identify: () => {
    begun++;
    return callerWith({});
  },
  audit: () => void ended++,
});
await answerStateLines(url, () => ({ begun, ended }));
