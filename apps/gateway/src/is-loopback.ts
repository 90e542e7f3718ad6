/**
 * Tells whether only this machine reaches what listens on an address.
 *
 * @param host An address, or a name.
 * @returns Whether it is one of loopback.
 */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/i.test(host);
