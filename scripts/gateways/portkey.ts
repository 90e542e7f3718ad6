import { EXAMPLE_CREDENTIALS } from "../../apps/fake/src/server.ts";
import { fileURLToPath } from "node:url";
import { type InstalledPackage, installProgram } from "../claude-code/install-program.ts";
import { freePort } from "./free-port.ts";
import type { GatewaySetUp } from "./gateway-set-up.ts";
import { startProgram } from "./start-program.ts";

const VERSION = "1.15.2";

/** @see `npm view @portkey-ai/gateway@1.15.2 dist.integrity` */
const PACKAGE: InstalledPackage = {
  name: "@portkey-ai/gateway",
  version: VERSION,
  integrity: "sha512-OuwwQEJ0rnKQuPgaCqyMpP+X5Uly2h9EBDm5Lx/NYu9MXTzB/nKrKgjd8J3vPGeNpYoyxTzKSzTV2tGv8Dd+fg==",
  file: "build/start-server.js",
};

const CACHE_FOLDER = fileURLToPath(new URL(`../../node_modules/.cache/portkey/${VERSION}`, import.meta.url));

/** It signs `host` without a port: the fake has to stand where a URL needs none, as the service does. */
const HTTP_PORT = 80;

/** Portkey's gateway, which asks Amazon Bedrock by Converse. */
export const PORTKEY: readonly GatewaySetUp[] = [
  {
    title: "Portkey",
    version: VERSION,
    service: "bedrock",
    upstreamPort: HTTP_PORT,
    configuration:
      "`@portkey-ai/gateway` on Node, `x-portkey-provider: bedrock` with keys, region, `x-portkey-anthropic-version: bedrock-2023-05-31` and `x-portkey-custom-host` in headers of each request; the fake on port 80, since it signs `host` without a port; it asks its clients for no token",
    start: async ({ upstreamUrl }) => {
      const installing = { wanted: PACKAGE, folder: CACHE_FOLDER, environment: process.env, onProgress: () => {} };
      const { path } = await installProgram(installing);
      const port = await freePort();
      const { pid, close } = await startProgram(
        ["node", path, `--port=${port}`, "--headless"],
        { PATH: process.env["PATH"], HOME: CACHE_FOLDER },
        (printed) => printed.includes("Ready for connections"),
      );
      return {
        url: `http://127.0.0.1:${port}`,
        options: {
          model: "us.anthropic.claude-haiku-4-5-20251001-v1:0",
          headers: [
            ["x-portkey-provider", "bedrock"],
            ["x-portkey-aws-access-key-id", EXAMPLE_CREDENTIALS.accessKeyId],
            ["x-portkey-aws-secret-access-key", EXAMPLE_CREDENTIALS.secretAccessKey],
            ["x-portkey-aws-region", "us-east-1"],
            // Else it takes the version of the Messages API from its clients, which Amazon Bedrock refuses.
            ["x-portkey-anthropic-version", "bedrock-2023-05-31"],
            ["x-portkey-custom-host", upstreamUrl.replace(/:80$/, "")],
          ],
        },
        pid,
        close,
      };
    },
  },
];
