import type { Agent, ClientRequest } from "node:http";
import type { Duplex } from "node:stream";
import { FetchError } from "../fetch-error.ts";
import type { HttpModules } from "./node-http-transport.ts";

/** The modules that open a tunnel. */
export interface TunnelModules extends HttpModules {
  readonly tls: typeof import("node:tls");
}

/** What an agent is told of a connection that it makes. */
interface ConnectionOptions {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly servername?: string | undefined;
}

type OnConnection = (error: Error | null, socket?: Duplex) => void;

/**
 * Makes an agent whose connections go through a proxy, which sees nothing of them but the host.
 *
 * @param modules The runtime's modules.
 * @param proxy The proxy, with name and password where it asks for them.
 * @returns An agent for `node:https`. What the proxy does not let through fails with {@link FetchError} `PROXY_REFUSED`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#CONNECT | RFC 9110, section 9.3.6}
 */
export function createTunnelAgent(modules: TunnelModules, proxy: URL): Agent {
  const agent = new modules.https.Agent({ keepAlive: true, scheduling: "lifo" });
  const createConnection = (options: ConnectionOptions, onConnection: OnConnection): undefined => {
    const { host, port, servername } = options;
    const authority = `${host}:${port}`;
    const connect = openTunnel(modules, proxy, authority);
    connect.once("connect", (answer, socket) => {
      if (answer.statusCode === 200) {
        const secured = modules.tls.connect({ ...options, socket, servername: servername ?? host ?? "" } as object);
        secured.once("error", onConnection);
        secured.once("secureConnect", () => {
          secured.off("error", onConnection);
          onConnection(null, secured);
        });
        return;
      }
      socket.destroy();
      onConnection(refused(proxy, authority, `it answered ${answer.statusCode}`));
    });
    connect.once("error", (cause) => onConnection(refused(proxy, authority, cause.message, cause)));
    connect.end();
    return undefined;
  };
  return Object.assign(agent, { createConnection });
}

function openTunnel({ http, https }: HttpModules, proxy: URL, authority: string): ClientRequest {
  const { username, password, hostname, protocol } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = username === "" ? {} : { "proxy-authorization": `Basic ${btoa(credentials)}` };
  return (protocol === "https:" ? https : http).request({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: proxy.port || (protocol === "https:" ? 443 : 80),
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...authorization },
    agent: false,
  });
}

const refused = ({ host }: URL, authority: string, reason: string, cause?: Error): FetchError =>
  new FetchError(
    "PROXY_REFUSED",
    `Cannot reach ${authority} through the proxy ${host} of HTTPS_PROXY: ${reason}; let it through there, or name the host in NO_PROXY`,
    { cause },
  );
