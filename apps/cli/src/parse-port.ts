import { CliError } from "./cli-error.ts";

/**
 * Reads a port.
 *
 * @param text As it was given.
 * @returns The port; 0 stands for a free one.
 * @throws {CliError} `USAGE` where it is none.
 */
export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CliError("USAGE", `Cannot use port "${text}": expected a whole number from 0 to 65535`);
}
