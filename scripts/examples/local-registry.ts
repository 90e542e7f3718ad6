import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import type { PackedPackage } from "../packages/packed-package.ts";
import { readJson } from "../shared/read-json.ts";
import type { Manifest } from "../shared/read-members.ts";

/** A registry on this machine. */
export interface LocalRegistry {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Where every other package is. */
const REGISTRY = "https://registry.npmjs.org";

/**
 * Starts a registry that has the packed packages, as if they were published, and sends whoever asks for another to npm's.
 *
 * @param packages What it has.
 * @see {@link https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md | Package metadata}
 */
export async function startLocalRegistry(packages: readonly PackedPackage[]): Promise<LocalRegistry> {
  const answers = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const answer = answers.get(path);
    if (answer === undefined) return response.writeHead(302, { location: `${REGISTRY}${request.url ?? ""}` }).end();
    return response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
  });
  const url = await listen(server);
  for (const { tarball, opened } of packages) {
    const bytes = await readFile(tarball);
    const manifest = await readJson<Manifest>(join(opened, "package.json"));
    const { name, version = "0.0.0" } = manifest;
    const file = `/${name}/-/${basename(tarball)}`;
    const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
    const dist = { tarball: `${url}${file}`, integrity };
    answers.set(file, bytes);
    answers.set(`/${name}`, { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } });
  }
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
