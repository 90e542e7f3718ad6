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

/** Tells whether a host means this machine to everybody who asks for it. */
export function isLoopbackHost(name: string): boolean {
  if (name === "localhost") return true;
  const address = parseIpAddress(name);
  return address !== undefined && isLoopbackAddress(address);
}
