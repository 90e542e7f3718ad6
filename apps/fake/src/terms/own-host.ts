/** Addresses that stand for all of this machine's. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * Tells whether nobody but this machine can reach what listens on an address.
 *
 * @param address As it is listened on: `127.0.0.1`, `::1`, `localhost`.
 * @returns `false` for every other, also for those that stand for all.
 */
export const isLoopback = (address: string): boolean => LOOPBACK.test(address.includes(":") ? `[${address}]` : address);

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const IP_ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

/**
 * Tells whether a `Host` names this server: loopback, the address it listens on, or any address (never a name) where it
 * listens on all of them.
 *
 * @returns `false` for every other name.
 */
export function isOwnHost(host: string, listensOn: string): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  if (LOOPBACK.test(name)) return true;
  if (EVERY_ADDRESS.has(listensOn)) return IP_ADDRESS.test(name);
  return name === listensOn.toLowerCase() || name === `[${listensOn.toLowerCase()}]`;
}
