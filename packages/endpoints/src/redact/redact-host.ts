import { hide } from "./hide.ts";
import { redactWord } from "./redact-word.ts";

/**
 * Hides the labels of a host that look made up, and what stands before it.
 *
 * @param host A name or an address, with or without a port.
 * @returns The host; IDs of VPC endpoints stay.
 */
export function redactHost(host: string): string {
  const at = host.lastIndexOf("@");
  const user = at < 0 ? "" : `${hide(host.slice(0, at))}@`;
  return (
    user +
    host.slice(at + 1).replace(/[^.:[\]\s]+/g, (label) => (/^[0-9a-f]{1,4}$/i.test(label) ? label : redactWord(label)))
  );
}
