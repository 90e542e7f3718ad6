import { readFile } from "node:fs/promises";
import { afterEach, beforeAll } from "vitest";
import { createFakeCore, type ServeOptions } from "../../src/server.ts";
import { type RunningFake, serveForFile } from "./start-fake.ts";

/** A fake behind TLS for the tests of a file. */
export interface SecuredFake extends RunningFake {
  /** What a client has to trust, as PEM. */
  readonly ca: string;
}

/** Starts a fake with `tls` or `proxy` before the tests of a file, and forgets behind each what was sent. */
export function startSecuredFake(options: ServeOptions): SecuredFake {
  const running = serveForFile(createFakeCore(), options);
  const { core } = running;
  let ca = "";
  beforeAll(async () => {
    ca = await readFile(running.server.certificateFile ?? "", "utf8");
  });
  afterEach(() => core.reset());
  return {
    core,
    get server() {
      return running.server;
    },
    get ca() {
      return ca;
    },
  };
}
