import { randomBytes } from "node:crypto";
import { type Handler, listen, type ListenOptions } from "@claude-on-aws/listen";
import type { FakeCore } from "../create/fake-core.ts";
import type { CertificateFile } from "../tls/certificate-file.ts";
import { isLoopback } from "../terms/own-host.ts";
import { refuseFaults } from "../scenario/faults/refuse-faults.ts";
import { failureReply } from "./failure-reply.ts";
import { createResponder } from "./responder.ts";

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
   * Names in front of it, such as that of a reverse proxy, with which `/_fake/` may be asked beside those of this server;
   * without a port.
   *
   * @default {[]}
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /**
   * What has to be shown at `/_fake/`, as `Authorization: Bearer TOKEN` or `?token=TOKEN`, where `host` is not loopback.
   *
   * @default {a random one, made at each start}
   */
  readonly controlToken?: string | undefined;
  /**
   * `auto` speaks HTTP/1.1 and HTTP/2 with prior knowledge, `1` speaks HTTP/1.1
   * alone. Every request is recorded as it was on the wire.
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
  /** What has to be shown at `/_fake/`; absent where the server listens on loopback, and nothing has to be. */
  readonly controlToken?: string;
  /** Value for `HTTPS_PROXY`; absent where the server is no proxy. */
  readonly proxyUrl?: string;
  /** File with the certificate that clients have to trust, as for `NODE_EXTRA_CA_CERTS`; absent without `tls` and `proxy`. */
  readonly certificateFile?: string;
  /** Stops listening, lets answers under way finish for two seconds, then hangs up. */
  readonly close: () => Promise<void>;
}

/** Uploads are long: a client that sends one which is too long gets to read why. */
const MAX_DRAIN_BYTES = 1_073_741_824;

const TOKEN_BYTES = 32;

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
 * @throws {FakeError} `SCENARIO_VALUE` where its scenario asks for a fault that Deno cannot do in TLS.
 */
export async function serve(fake: FakeCore, options: ServeOptions = {}): Promise<FakeServer> {
  const { port = 4242, host = "127.0.0.1", http = "auto" } = options;
  if ("Deno" in globalThis && (options.tls || options.proxy)) refuseFaults(fake.settings.scenario, "in TLS on Deno");
  let ownPort = port;
  const allowedHosts = new Set((options.allowedHosts ?? []).map((name) => name.toLowerCase()));
  const token = isLoopback(host) ? undefined : (options.controlToken ?? randomBytes(TOKEN_BYTES).toString("base64url"));
  const responder = createResponder(fake, { listensOn: host, allowedHosts, token });
  const secured = options.tls || options.proxy ? await secure(fake, responder, options, () => ownPort) : undefined;
  try {
    const listener = await listen(secured?.handler ?? responder, {
      port,
      host,
      http2: http === "auto",
      maxBufferedBytes: fake.settings.maxBufferedBytes,
      maxDrainBytes: MAX_DRAIN_BYTES,
      onError: failureReply,
      nowMs: () => fake.settings.now().getTime(),
      ...secured?.options,
    });
    ownPort = listener.port;
    const authority = `${host.includes(":") ? `[${host}]` : host}:${listener.port}`;
    const url = `${options.tls ? "https" : "http"}://${authority}`;
    const { addresses } = fake.state;
    addresses.unshift(url);
    return {
      url,
      port: listener.port,
      ...(token === undefined ? {} : { controlToken: token }),
      ...(options.proxy ? { proxyUrl: `http://${authority}` } : {}),
      ...(secured === undefined ? {} : { certificateFile: secured.file.path }),
      close: async () => {
        const at = addresses.indexOf(url);
        if (at >= 0) addresses.splice(at, 1);
        await listener.close();
        await secured?.file.remove();
      },
    };
  } catch (error) {
    await secured?.file.remove();
    throw error;
  }
}

/** What a server needs beyond plain text. */
interface Secured {
  readonly handler: Handler;
  readonly options: Pick<ListenOptions, "tls" | "onConnection">;
  readonly file: CertificateFile;
}

/** Makes an authority, and writes its certificate down. Loaded only where it is asked for: it would cost time at every start. */
async function secure(
  fake: FakeCore,
  responder: Handler,
  { host = "127.0.0.1", allowedHosts = [], proxy = false, certificateDirectory }: ServeOptions,
  ownPort: () => number,
): Promise<Secured> {
  const [{ createAuthority }, { writeCertificateFile }, { LeafContexts }, { isImpersonated }] = await Promise.all([
    import("../tls/authority.ts"),
    import("../tls/certificate-file.ts"),
    import("../tls/leaf-contexts.ts"),
    import("../terms/is-impersonated.ts"),
  ]);
  const authority = createAuthority(new Date());
  const file = await writeCertificateFile(authority.certificate, certificateDirectory);
  const contexts = new LeafContexts(authority, {
    ownNames: [...new Set([...ownNames(host), ...allowedHosts])],
    isImpersonated,
  });
  const tls = { ...contexts.own, contextFor: (name: string) => contexts.find(name) };
  if (!proxy) return { handler: responder, options: { tls }, file };
  const [{ acceptAsProxy }, { createProxyResponder }, { createDestinations }] = await Promise.all([
    import("../proxy/accept-as-proxy.ts"),
    import("../proxy/proxy-responder.ts"),
    import("../proxy/destinations.ts"),
  ]);
  const destinations = createDestinations(host, ownPort, fake.journal.refusedHosts);
  return {
    handler: createProxyResponder(responder, destinations),
    options: { tls, onConnection: acceptAsProxy(destinations, fake.journal.tunnels) },
    file,
  };
}

/** Names under which the server itself is reached. */
const ownNames = (host: string): string[] => [...new Set(["localhost", "127.0.0.1", "::1", host])];
