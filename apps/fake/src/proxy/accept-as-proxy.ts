import { hangUp, type ListenOptions, type Protocols, readFirstBytes } from "@claude-on-aws/listen";
import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import type { HostCounts } from "../stores/host-counts.ts";
import { type Destination, type Destinations, refusalText } from "./destinations.ts";
import { formatAuthority } from "./parse-authority.ts";
import { MAX_CONNECT_BYTES, readConnect } from "./read-connect.ts";

/** First byte of a TLS connection: a record that holds a part of a handshake. */
const TLS_HANDSHAKE = 0x16;
const CONNECT = "CONNECT ";
const ESTABLISHED = "HTTP/1.1 200 Connection Established\r\n\r\n";

/**
 * Takes whatever a client says to a proxy: CONNECT, absolute form, plain text and TLS. All of it ends in this process: the
 * socket of a tunnel is handed on as if it had just been accepted.
 *
 * @param tunnels Counts the hosts of AWS to which a tunnel is opened: what comes through it may be nothing.
 */
export function acceptAsProxy(
  destinations: Destinations,
  tunnels: HostCounts,
): NonNullable<ListenOptions["onConnection"]> {
  return (socket, protocols) => {
    readFirstBytes(socket, firstWord, (word) => {
      if (word === "connect") acceptConnect(socket, protocols, destinations, tunnels);
      else protocols[word](socket);
    });
  };
}

function firstWord(seen: Buffer): "tls" | "connect" | "plain" | undefined {
  if (seen[0] === TLS_HANDSHAKE) return "tls";
  const word = seen.toString("latin1", 0, CONNECT.length);
  if (word === CONNECT) return "connect";
  return CONNECT.startsWith(word) ? undefined : "plain";
}

function acceptConnect(socket: Socket, protocols: Protocols, destinations: Destinations, tunnels: HostCounts): void {
  readFirstBytes(socket, readConnect, ({ target, length }) => {
    // It was put back whole, and nothing read in between.
    socket.read(length);
    if (target === undefined) {
      hangUp(
        socket,
        "400 Bad Request",
        `Cannot read this CONNECT: expected host:port and at most ${MAX_CONNECT_BYTES} bytes\n`,
      );
      return;
    }
    const destination = destinations.resolve(target);
    if (destination === "refused") {
      hangUp(socket, "403 Forbidden", refusalText(formatAuthority(target)));
      return;
    }
    if (destination !== "own") tunnels.add(formatAuthority(target));
    socket.write(ESTABLISHED);
    acceptInTunnel(socket, protocols, destination);
  });
}

function acceptInTunnel(socket: Socket, { tls, plain }: Protocols, destination: Destination): void {
  readFirstBytes(
    socket,
    (seen) => seen[0] === TLS_HANDSHAKE,
    (isTls) => {
      if (isTls && destination !== "http") tls(socket);
      else if (!isTls && destination !== "https") plain(socket);
      // A client that speaks something else to that port would get no answer from AWS either.
      else socket.destroy();
    },
  );
}
