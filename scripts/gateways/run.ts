/** Runs gateways before the fake, asks them every check, and writes what came out; then run write-documents. */
import { checkGateway, formatGatewayReport } from "../../apps/fake/src/gateway-checks.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { APPS_GATEWAY } from "./apps-gateway.ts";
import { freePort } from "./free-port.ts";
import type { GatewaySetUp, GatewayVerdicts } from "./gateway-set-up.ts";
import { keepResult } from "./keep-result.ts";
import { OWN_GATEWAY } from "./own-gateway.ts";
import { PORTKEY } from "./portkey.ts";

const FIXTURES = new URL("../../fixtures/gateway-verdicts/", import.meta.url);

/** By the name on the command line, which is that of the file, too. */
const GATEWAYS: Readonly<Record<string, readonly GatewaySetUp[]>> = {
  own: OWN_GATEWAY,
  "apps-gateway": APPS_GATEWAY,
  portkey: PORTKEY,
};

const names = process.argv.slice(2);
const stranger = names.find((name) => !Object.hasOwn(GATEWAYS, name));
if (names.length === 0 || stranger !== undefined) {
  console.error(`Usage: pnpm gateway-verdicts NAME…, where NAME is one of ${Object.keys(GATEWAYS).join(", ")}`);
  process.exit(2);
}
for (const name of names) {
  const verdicts: GatewayVerdicts[] = [];
  for (const setUp of GATEWAYS[name] ?? []) verdicts.push(await judge(setUp));
  await writeFile(new URL(`${name}.json`, FIXTURES), `${JSON.stringify(verdicts, undefined, 2)}\n`);
}
// Gateways leave connections open.
process.exit(0);

async function judge({ start, upstreamPort, ...setUp }: GatewaySetUp): Promise<GatewayVerdicts> {
  const folder = await mkdtemp(join(tmpdir(), "gateway-verdicts-"));
  try {
    const port = upstreamPort ?? (await freePort());
    const gateway = await start({ upstreamUrl: `http://127.0.0.1:${port}`, folder });
    try {
      const report = await checkGateway(gateway.url, { upstreamPort: port, ...gateway.options });
      console.log(`${setUp.title} ${setUp.version}\n${formatGatewayReport(report)}\n`);
      return { ...setUp, date: new Date().toISOString().slice(0, 10), checks: report.checks.map(keepResult) };
    } finally {
      await gateway.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
