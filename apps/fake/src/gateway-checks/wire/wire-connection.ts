import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ByteReader } from "./byte-reader.ts";
import { readAnswer, type WireAnswer } from "./wire-answer.ts";

/** A request, byte for byte as it is to stand on the wire. */
export interface WireCall {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** A connection to a gateway, on which nothing is added to what is sent. */
export class WireConnection {
  readonly #socket: Socket;
  readonly #reader: ByteReader;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // Whoever reads finds out; until then nobody needs to.
    socket.on("error", () => {});
    this.#reader = new ByteReader(socket);
  }

  /**
   * Connects.
   *
   * @param url Where to; of it only protocol, host and port matter.
   * @throws The error of the operating system, such as `ECONNREFUSED`.
   */
  static async open(url: URL): Promise<WireConnection> {
    const isSecure = url.protocol === "https:";
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(url.port === "" ? (isSecure ? 443 : 80) : url.port);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = isSecure ? connectTls({ host, port, servername: host }) : connect({ host, port });
    socket.once(isSecure ? "secureConnect" : "connect", resolve);
    socket.once("error", reject);
    await promise;
    socket.off("error", reject);
    socket.setNoDelay(true);
    return new WireConnection(socket);
  }

  /** Writes a request. */
  write({ method, target, headers, body }: WireCall): void {
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    this.#socket.write(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, "utf8"));
    if (body.length > 0) this.#socket.write(body);
  }

  /**
   * Reads the next answer.
   *
   * @param method The method of its request.
   * @returns `undefined` where the connection ended before its head was whole.
   */
  read(method: string): Promise<WireAnswer | undefined> {
    return readAnswer(this.#reader, method);
  }

  /** Hangs up at once. */
  close(): void {
    this.#socket.destroy();
  }
}
