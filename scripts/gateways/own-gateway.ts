import { EXAMPLE_CREDENTIALS } from "../../apps/fake/src/server.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../../apps/gateway/package.json" with { type: "json" };
import { freePort } from "./free-port.ts";
import type { GatewaySetUp } from "./gateway-set-up.ts";
import { startProgram } from "./start-program.ts";

const PROGRAM = fileURLToPath(new URL("../../apps/cli/src/bin.ts", import.meta.url));

/** What a service needs said beside its address, and what stands behind that. */
const SERVICES = [
  { service: "anthropic-aws", path: "", more: { workspaceId: "wrkspc_01AbCdEf23GhIj" } },
  { service: "bedrock", path: "", more: {} },
  { service: "mantle", path: "/anthropic", more: {} },
] as const;

/** The gateway of this project, by its command, on Bun. */
export const OWN_GATEWAY: readonly GatewaySetUp[] = SERVICES.map(({ service, path, more }) => ({
  title: "claude-on-aws gateway",
  version: manifest.version,
  service,
  configuration:
    "one upstream with its base URL, credentials from the environment, the token that it makes at its start; on Bun",
  start: async ({ upstreamUrl, folder }) => {
    const upstream = { name: "service", provider: service, region: "us-east-1", baseUrl: upstreamUrl + path, ...more };
    const file = join(folder, "gateway.json");
    await writeFile(file, JSON.stringify({ upstreams: [upstream] }));
    const port = await freePort();
    const { pid, output, close } = await startProgram(
      ["bun", PROGRAM, "gateway", "--config", file, "--port", String(port), "--json"],
      {
        PATH: process.env["PATH"],
        HOME: folder,
        AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
      },
      (printed) => /^\{.*\}$/m.test(printed),
    );
    const { url, token } = JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? "{}") as { url: string; token: string };
    return { url, options: { token }, pid, close };
  },
}));
