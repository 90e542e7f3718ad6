import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll } from "vitest";
import { createFakeCore, type FakeCore, type FakeServer, serve, type ServeOptions } from "../../src/server.ts";

/** A fake behind TLS for the tests of a file. */
export interface SecuredFake {
  readonly core: FakeCore;
  readonly server: FakeServer;
  /** What a client has to trust, as PEM. */
  readonly ca: string;
}

/** Starts a fake with `tls` or `proxy` before the tests of a file, and forgets behind each what was sent. */
export function startSecuredFake(options: ServeOptions): SecuredFake {
  const core = createFakeCore();
  let server: FakeServer | undefined;
  let ca = "";
  beforeAll(async () => {
    server = await serve(core, { port: 0, ...options });
    ca = await readFile(server.certificateFile ?? "", "utf8");
  });
  afterEach(() => core.reset());
  afterAll(async () => server?.close());
  return {
    core,
    get server(): FakeServer {
      if (server === undefined) throw new Error("The fake is not started yet: use it inside a test");
      return server;
    },
    get ca(): string {
      return ca;
    },
  };
}
