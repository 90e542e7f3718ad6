import { isIPv4, isIPv6 } from "node:net";

/** An address of the Internet Protocol. One of IPv4 that is written as one of IPv6 is one of IPv4. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

const MAPPED = 0xffffn;

/**
 * Reads an address.
 *
 * @param text As the operating system writes it: `192.0.2.7`, `::1`, `::ffff:192.0.2.7`. One with a zone is none: it means
 * something on one machine alone.
 * @returns `undefined` where it is none.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { family: 4, bits: readFour(text) };
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const bits = readSix(text);
  return bits >> 32n === MAPPED ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits };
}

const readFour = (text: string): bigint => text.split(".").reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);

function readSix(text: string): bigint {
  const dotted = /(?<=:)\d+\.\d+\.\d+\.\d+$/.exec(text)?.[0];
  const last = dotted === undefined ? 0n : readFour(dotted);
  const plain =
    dotted === undefined
      ? text
      : `${text.slice(0, -dotted.length)}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
  const [before = "", after] = plain.split("::");
  const head = groupsOf(before);
  const tail = groupsOf(after ?? "");
  const middle = after === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => "0");
  return [...head, ...middle, ...tail].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

const groupsOf = (text: string): readonly string[] => (text === "" ? [] : text.split(":"));

/** Tells whether only this machine itself has an address. */
export const isLoopbackAddress = ({ family, bits }: IpAddress): boolean =>
  family === 4 ? bits >> 24n === 127n : bits === 1n;
