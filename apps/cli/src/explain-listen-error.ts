/** Errors of the operating system, and the way out of each. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  EADDRINUSE: "the port is in use; stop what listens there, or choose another with --port (0 picks a free one)",
  EACCES: "this user may not use that port; choose one above 1023 with --port",
  EADDRNOTAVAIL: "this machine does not have that address; choose another with --host",
  ENOTFOUND: "that name has no address; choose another with --host",
};

/**
 * Says why nothing can listen on an address, and what to do.
 *
 * @param error What listening threw.
 * @returns The end of a sentence.
 */
export function explainListenError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return WAYS_OUT[code ?? ""] ?? message;
}
