import { isLoopbackAddress, parseIpAddress } from "../front-end/ip-address.ts";

/** A `Host`, taken apart. */
export interface Host {
  /** In lower case; an address of IPv6 without its brackets. */
  readonly name: string;
  /** Empty where it names none. */
  readonly port: string;
}

const HOST = /^(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?))(?::(\d{1,5}))?$/;

/**
 * Reads the value of `Host` or `:authority`.
 *
 * @returns `undefined` where it is neither a name nor an address, or names a user.
 */
export function readHost(text: string): Host | undefined {
  const [, address, name = address, port = ""] = HOST.exec(text.toLowerCase()) ?? [];
  return name === undefined ? undefined : { name, port };
}

/** Writes an address in one way, however it was spelled; a name as it is. */
export function canonicalHost(name: string): string {
  const address = parseIpAddress(name);
  if (address === undefined) return name;
  const { family, bits } = address;
  const isFour = family === 4;
  const count = isFour ? 4n : 8n;
  const width = isFour ? 8n : 16n;
  const parts = Array.from({ length: Number(count) }, (_, at) => {
    const part = (bits >> (width * (count - 1n - BigInt(at)))) & ((1n << width) - 1n);
    return part.toString(isFour ? 10 : 16);
  });
  return parts.join(isFour ? "." : ":");
}

/** Tells whether a host means this machine to everybody who asks for it. */
export function isLoopbackHost(name: string): boolean {
  if (name === "localhost") return true;
  const address = parseIpAddress(name);
  return address !== undefined && isLoopbackAddress(address);
}
