import type { FakeCore } from "../create/fake-core.ts";
import type { CertificateFile } from "../tls/certificate-file.ts";
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
   * request as it was on the wire. `1` speaks HTTP/1.1 alone. On Bun that is
   * the runtime's own server, which is faster, but keeps neither order, case
   * and duplicates of headers nor dots in a path: the journal marks its
   * requests as reconstructed. Nor does it take a request that is sent ahead
   * of the answer to the one before, which no client of these services does.
   *
   * @default {"auto"}
   */
  readonly http?: "auto" | "1" | undefined;
  /**
   * Speaks HTTPS alone, with the certificate of an authority that is made at
   * each start: TLS 1.2 and 1.3, with HTTP/2 by ALPN unless `http` is `1`.
   *
   * @default {false}
   */
  readonly tls?: boolean | undefined;
  /**
   * Is a proxy too, for `HTTPS_PROXY`: answers for the hosts of Claude Platform
   * on AWS, Amazon Bedrock and the credential services, in TLS with certificates
   * of its own, and refuses every other host. Lets nothing out. The port then
   * speaks both plain text and HTTPS.
   *
   * @default {false}
   */
  readonly proxy?: boolean | undefined;
  /**
   * Folder in which the certificate that clients have to trust is written, and
   * left, with `tls` and `proxy`. The key is never written.
   *
   * @default {a temporary one, removed when the server is closed}
   */
  readonly certificateDirectory?: string | undefined;
}

/** A fake that listens. */
export interface FakeServer {
  /** Its base URL without a trailing slash: `http://127.0.0.1:4242`. */
  readonly url: string;
  readonly port: number;
  /** Value for `HTTPS_PROXY`; absent where the server is no proxy. */
  readonly proxyUrl?: string;
  /** File with the certificate that clients have to trust, as for `NODE_EXTRA_CA_CERTS`; absent without `tls` and `proxy`. */
  readonly certificateFile?: string;
  /** Stops listening, lets answers under way finish for two seconds, then hangs up. */
  readonly close: () => Promise<void>;
}

/**
 * Puts a fake on a port.
 *
 * @example With HTTPS
 * ```ts
 * import { createFakeCore, serve } from "@claude-on-aws/fake/server";
 * import { match } from "node:assert/strict";
 *
 * const server = await serve(createFakeCore(), { port: 0, tls: true });
 * match(server.url, /^https:/);
 * match(server.certificateFile ?? "", /\.pem$/);
 * await server.close();
 * ```
 *
 * @throws The error of the operating system, such as `EADDRINUSE`.
 */
export async function serve(fake: FakeCore, options: ServeOptions = {}): Promise<FakeServer> {
  const { port = 4242, host = "127.0.0.1", http = "auto" } = options;
  const secured = options.tls || options.proxy ? await loadSecure(options, http) : undefined;
  try {
    const listener = await (secured?.listen ?? (await loadListen(http)))(fake, port, host);
    const authority = `${host.includes(":") ? `[${host}]` : host}:${listener.port}`;
    return {
      url: `${options.tls ? "https" : "http"}://${authority}`,
      port: listener.port,
      ...(options.proxy ? { proxyUrl: `http://${authority}` } : {}),
      ...(secured === undefined ? {} : { certificateFile: secured.file.path }),
      close: async () => {
        await listener.close();
        await secured?.file.remove();
      },
    };
  } catch (error) {
    await secured?.file.remove();
    throw error;
  }
}

/** Makes an authority, writes its certificate down, and loads the server that uses it. */
async function loadSecure(
  { proxy = false, certificateDirectory }: ServeOptions,
  http: "auto" | "1",
): Promise<{ readonly listen: Listen; readonly file: CertificateFile }> {
  const [{ createAuthority }, { writeCertificateFile }, { createServeSecure }] = await Promise.all([
    import("../tls/authority.ts"),
    import("../tls/certificate-file.ts"),
    import("../proxy/serve-secure.ts"),
  ]);
  const authority = createAuthority(new Date());
  const file = await writeCertificateFile(authority.certificate, certificateDirectory);
  return { listen: createServeSecure({ authority, proxy, http }), file };
}

/** Only the server that is asked for is loaded: the others would cost time at every start. */
async function loadListen(http: "auto" | "1"): Promise<Listen> {
  if (http === "auto") return (await import("./serve-one-port.ts")).serveOnePort;
  if ("Bun" in globalThis) return (await import("./serve-bun.ts")).serveBun;
  // On Deno too: its `node:http` answered twice as many of these requests as `Deno.serve`, in 2.9.
  return (await import("./serve-node.ts")).serveNode;
}
