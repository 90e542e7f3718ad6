import type { FakeCore } from "../fake-core.ts";
import type { Listen } from "./listener.ts";

/** Options for {@link serve}. */
export interface ServeOptions {
  /**
   * Port to listen on; 0 picks a free one.
   *
   * @default {4242}
   */
  readonly port?: number | undefined;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1"}
   */
  readonly host?: string | undefined;
  /**
   * `auto` speaks HTTP/1.1 and HTTP/2 with prior knowledge, and records every
   * request as it was on the wire. `1` speaks HTTP/1.1 alone, through the
   * runtime's own server: on Bun and Deno several times as fast, but there the
   * journal marks requests as reconstructed, because that server keeps neither
   * order, case and duplicates of headers nor, on Bun, dots in a path.
   *
   * @default {"auto"}
   */
  readonly http?: "auto" | "1" | undefined;
}

/** A fake that listens. */
export interface FakeServer {
  /** Its base URL without a trailing slash: `http://127.0.0.1:4242`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, lets answers under way finish for two seconds, then hangs up. */
  readonly close: () => Promise<void>;
}

/**
 * Puts a fake on a port.
 *
 * @throws The error of the operating system, such as `EADDRINUSE`.
 */
export async function serve(fake: FakeCore, options: ServeOptions = {}): Promise<FakeServer> {
  const { port = 4242, host = "127.0.0.1", http = "auto" } = options;
  const listen = await loadListen(http);
  const listener = await listen(fake, port, host);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`,
    port: listener.port,
    close: listener.close,
  };
}

/** Only the server that is asked for is loaded: the others would cost time at every start. */
async function loadListen(http: "auto" | "1"): Promise<Listen> {
  if (http === "auto") return (await import("./serve-one-port.ts")).serveOnePort;
  if ("Bun" in globalThis) return (await import("./serve-bun.ts")).serveBun;
  if ("Deno" in globalThis) return (await import("./serve-deno.ts")).serveDeno;
  return (await import("./serve-node.ts")).serveNode;
}
