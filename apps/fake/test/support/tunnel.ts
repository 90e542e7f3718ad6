import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from "node:tls";

/** A tunnel that was asked for: what the proxy said, and the socket. */
export interface OpenedTunnel {
  readonly status: number;
  readonly text: string;
  readonly socket: Socket;
}

/** Asks a proxy on loopback for a tunnel. */
export function openTunnel(port: number, authority: string): Promise<OpenedTunnel> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`),
    );
    let text = "";
    const read = (chunk: Buffer): void => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      socket.off("data", read);
      resolve({ status: Number(text.split(" ", 2)[1]), text, socket });
    };
    socket.on("data", read);
    socket.on("error", reject);
    socket.once("close", () => reject(new Error(`The proxy hung up: ${text}`)));
  });
}

/** Speaks TLS on a socket, or on a port of loopback. */
export function startTls(options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls(options, () => resolve(socket));
    socket.once("error", reject);
  });
}

/** Sends a request over HTTP/1.1 and reads until the server hangs up. */
export const request1 = (socket: Socket, target: string, host: string): Promise<string> =>
  sendText(socket, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

/** Sends a text and reads until the server hangs up. */
export function sendText(socket: Socket, sent: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.once("end", () => resolve(text));
    socket.once("error", reject);
    socket.write(sent);
  });
}

/** Sends a request over HTTP/2 on a socket that agreed to it. */
export function request2(
  socket: TLSSocket,
  path: string,
  host: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`https://${host}`, { createConnection: () => socket });
    session.on("error", reject);
    const stream = session.request({ ":path": path, ...headers }, { endStream: true });
    let status = 0;
    let body = "";
    stream.on("response", (head) => (status = Number(head[":status"])));
    stream.on("data", (chunk: Buffer) => (body += chunk.toString()));
    stream.on("end", () => {
      session.destroy();
      resolve({ status, body });
    });
    stream.on("error", reject);
  });
}

/** Waits until a socket is closed. */
export const untilClosed = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once("close", () => resolve());
    socket.resume();
  });
