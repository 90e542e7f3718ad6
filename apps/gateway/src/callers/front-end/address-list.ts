import { GatewayError } from "../../gateway-error.ts";
import { type IpAddress, parseIpAddress } from "./ip-address.ts";

/** Addresses that begin alike. */
interface Range {
  readonly family: IpAddress["family"];
  /** What they begin with. */
  readonly start: bigint;
  /** Bits that differ among them. */
  readonly free: bigint;
}

const WIDTHS: Readonly<Record<IpAddress["family"], number>> = { 4: 32, 6: 128 };
const RANGE = /^([^/]+)(?:\/(\d{1,3}))?$/;

/**
 * Reads addresses and ranges.
 *
 * @param entries Each an address, such as `10.0.0.5`, or a range, such as `10.0.0.0/24` or `fd00::/8`. An address of IPv4 that is
 * written as one of IPv6 is one of IPv4.
 * @returns A function that tells whether an address is one of them.
 * @throws {GatewayError} `SETTINGS_INVALID` where one is neither, begins within its range, or holds every address there is.
 */
export function createAddressList(entries: readonly string[]): (address: string | undefined) => boolean {
  const ranges = entries.map(parseRange);
  // One connection asks again and again.
  let lastAsked: string | undefined;
  let lastAnswer = false;
  return (address) => {
    if (address === undefined) return false;
    if (address === lastAsked) return lastAnswer;
    const parsed = parseIpAddress(address);
    lastAsked = address;
    lastAnswer = parsed !== undefined && ranges.some((range) => holds(range, parsed));
    return lastAnswer;
  };
}

const holds = ({ family, start, free }: Range, address: IpAddress): boolean =>
  family === address.family && address.bits >> free === start;

function parseRange(entry: string): Range {
  const [, text = "", length] = RANGE.exec(entry) ?? [];
  const address = parseIpAddress(text);
  if (address === undefined) {
    throw invalid(entry, "it is no address and no range; expected one such as 10.0.0.5, 10.0.0.0/24 or fd00::/8");
  }
  // A range of IPv4 may be written as one of IPv6: its first 96 bits are the same for all.
  const prefix = text.includes(":") && address.family === 4 ? 96 : 0;
  const width = WIDTHS[address.family];
  const bits = length === undefined ? width : Number(length) - prefix;
  if (bits < 0 || bits > width)
    throw invalid(entry, `expected a length from ${prefix} to ${prefix + width} behind "/"`);
  if (bits === 0) throw invalid(entry, "it holds every address: anybody could say who it is");
  const free = BigInt(width - bits);
  const start = address.bits >> free;
  if (start << free !== address.bits) {
    throw invalid(entry, `the address has bits behind the first ${bits}; write the first address of the range`);
  }
  return { family: address.family, start, free };
}

const invalid = (entry: string, problem: string): GatewayError =>
  new GatewayError("SETTINGS_INVALID", `Cannot trust the addresses "${entry}": ${problem}`);
