import { redactQuery } from "@claude-on-aws/endpoints";

/**
 * Writes a form as it may be kept: the parameters that are known to hold no secret, and the names of the others.
 *
 * @returns Percent-encoded, as it would be sent.
 */
export const redactForm = (parameters: ReadonlyMap<string, string>): string =>
  redactQuery([...parameters].map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&"));

const encode = (text: string): string => encodeURIComponent(text.toWellFormed());
