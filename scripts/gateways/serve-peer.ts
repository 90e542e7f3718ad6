/**
 * A gateway of others, for the bench of ours: prints how it is asked, and for each line that it reads what it has used until then. Puts
 * everything away when its input ends.
 *
 * Usage: serve-peer.ts NAME UPSTREAM-URL
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { familyUsage } from "../../fixtures/process-usage.ts";
import type { Target } from "../../apps/gateway/bench/server-process.ts";
import { MODEL } from "../../apps/gateway/bench/terms.ts";
import { APPS_GATEWAY, startAppsGateway } from "./apps-gateway.ts";
import type { GatewaySetUp } from "./gateway-set-up.ts";
import { PORTKEY } from "./portkey.ts";

/** More than a bench spends. */
const SPEND_LIMIT_CENTS = 100_000_000;

const limited: GatewaySetUp["start"] = (surroundings) =>
  startAppsGateway(surroundings, { service: "anthropic-aws", spendLimitCents: SPEND_LIMIT_CENTS });

const PEERS: Readonly<Record<string, Pick<GatewaySetUp, "title" | "version" | "start"> | undefined>> = {
  "apps-gateway": APPS_GATEWAY.find(({ service }) => service === "anthropic-aws"),
  "apps-gateway-limited": APPS_GATEWAY[0] && { ...APPS_GATEWAY[0], start: limited },
  portkey: PORTKEY[0],
};

const [name = "", upstreamUrl = ""] = process.argv.slice(2);
const peer = PEERS[name];
if (peer === undefined) throw new Error(`Usage: serve-peer.ts ${Object.keys(PEERS).join("|")} UPSTREAM-URL`);
// Whoever measures closes the input, then everything is put away: a signal must not end this before.
process.on("SIGINT", () => {});
const folder = await mkdtemp(join(tmpdir(), "peer-"));
try {
  const { url, options, pid, storePid, close } = await peer.start({ upstreamUrl, folder });
  const { token, headers = [], model } = options;
  const credential = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const target: Target = {
    port: Number(new URL(url).port),
    headers: { ...credential, ...Object.fromEntries(headers) },
    model: model ?? MODEL,
    release: [peer.title, peer.version],
  };
  console.log(JSON.stringify(target));
  for await (const _ of createInterface({ input: process.stdin })) {
    const store = storePid === undefined ? {} : { storeMicroseconds: familyUsage(storePid).cpuMicroseconds };
    console.log(JSON.stringify({ ...familyUsage(pid), ...store }));
  }
  await close();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
process.exit(0);
