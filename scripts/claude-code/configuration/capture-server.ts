import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Authority } from "../../../apps/fake/src/tls/authority.ts";
import { answerCaptured } from "./capture-answers.ts";

/** A request as it arrived. */
export interface CapturedRequest {
  /** Scheme, host and port that it was meant for. */
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  /** Lower-case name → value; of a repeated header the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server that takes whatever a client sends, notes it, and answers what lets the client go on. */
export interface CaptureServer {
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: () => readonly CapturedRequest[];
  /** Places that the client wanted to reach besides AWS, each once. */
  readonly refused: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Options for {@link startCaptureServer}. */
export interface CaptureServerOptions {
  /** Ids of the inference profiles that it lists. */
  readonly inferenceProfiles: readonly string[];
  /** Who certifies the hosts of AWS. */
  readonly authority: Authority;
}

const MAX_BODY_BYTES = 8_388_608;
const AWS_HOST =
  /^(?:bedrock|bedrock-runtime|bedrock-mantle|aws-external-anthropic|sts)\.[a-z0-9-]+\.(?:amazonaws\.com|api\.aws)$/;

/**
 * Starts it on a free port of the loopback interface. It is a proxy too: a tunnel to a host of AWS ends here, in a
 * certificate of the authority; every other one is refused.
 */
export async function startCaptureServer(options: CaptureServerOptions): Promise<CaptureServer> {
  const { inferenceProfiles, authority } = options;
  const requests: CapturedRequest[] = [];
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  const secure = new Map<string, Promise<Server>>();
  const listen =
    (scheme: string): RequestListener =>
    async (incoming, response) => {
      const body = await readBody(incoming);
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().at(-1) ?? ""]),
      );
      const { method = "", url = "" } = incoming;
      const request = { origin: `${scheme}://${headers["host"] ?? ""}`, method, target: url, headers, body };
      requests.push(request);
      const answer = answerCaptured(request, inferenceProfiles);
      response.writeHead(answer.status, { "content-type": answer.contentType });
      response.end(answer.body);
    };
  // One a host: not every runtime can choose a certificate by the name that is asked for.
  const secureServer = (host: string): Promise<Server> => {
    const found = secure.get(host) ?? start(createSecureServer(authority.issue([host]), listen("https")));
    secure.set(host, found);
    return found;
  };
  const server = createServer(listen("http"));
  server.on("connection", (socket: Socket) => keep(socket, sockets));
  server.on("connect", async (incoming: IncomingMessage, socket: Socket) => {
    keep(socket, sockets);
    const place = incoming.url ?? "";
    const host = place.replace(/:443$/, "");
    if (!AWS_HOST.test(host)) {
      refused.add(place);
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
      return;
    }
    const through = connect(portOf(await secureServer(host)), "127.0.0.1");
    keep(through, sockets);
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.pipe(through).pipe(socket);
  });
  await start(server);
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests: () => requests,
    refused: () => [...refused],
    close: async () => {
      const servers = [server, ...(await Promise.all(secure.values()))];
      const closed = servers.map((each) => new Promise<void>((resolve) => each.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      for (const each of servers) each.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  socket.on("error", () => socket.destroy());
}

async function start(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    // The rest is read and dropped.
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
