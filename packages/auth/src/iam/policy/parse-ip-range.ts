/** A range of addresses; the bits after the prefix do not count. */
export interface IpRange {
  /** Four bytes, or sixteen. */
  readonly bytes: readonly number[];
  /** How many leading bits have to agree. */
  readonly prefixBits: number;
}

/**
 * Reads an IPv4 or IPv6 address, with or without the length of a prefix.
 *
 * @param text Such as `203.0.113.0/24` or `2001:db8::/32`.
 * @returns The range; `undefined` if the text is neither.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress | IP address condition operators}
 */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf("/");
  const address = slash === -1 ? text : text.slice(0, slash);
  const bytes = address.includes(":") ? parseIpv6(address) : parseIpv4(address);
  if (bytes === undefined) return undefined;
  const bits = bytes.length * 8;
  if (slash === -1) return { bytes, prefixBits: bits };
  const length = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return undefined;
  return { bytes, prefixBits: Number(length) };
}

/**
 * Says whether an address lies in a range.
 *
 * @param address The address.
 * @param range The range.
 * @returns Whether it does; false for an address of the other family.
 */
export function isInRange(address: IpRange, range: IpRange): boolean {
  if (address.bytes.length !== range.bytes.length) return false;
  return range.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, range.prefixBits - index * 8));
    const shift = 8 - bits;
    return byte >> shift === (address.bytes[index] ?? 0) >> shift;
  });
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.map(Number);
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => (half === "" ? [] : parseGroups(half, index === halves.length - 1)));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** Reads groups of hexadecimal digits; only the very end of an address may be written as IPv4. */
function parseGroups(text: string, isEnd: boolean): number[] | undefined {
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (isEnd && group.includes(".") && index === groups.length - 1) {
      const tail = parseIpv4(group);
      if (tail === undefined) return undefined;
      bytes.push(...tail);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}
