import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAddressList } from "./address-list.ts";
import { isLoopbackAddress, parseIpAddress } from "./ip-address.ts";

/** Spells eight groups: in full, with a run of zeros left out, with the last two as an address of IPv4. */
function spell(groups: readonly number[], from: number, to: number, isDotted: boolean, isUpper: boolean): string {
  const [left = 0, right = 0] = groups.slice(6);
  const last = [left >> 8, left & 255, right >> 8, right & 255].join(".");
  const hex = groups.map((group) => group.toString(16));
  const parts = isDotted ? [...hex.slice(0, 6), last] : hex;
  const isZero = groups.slice(from, to).every((group) => group === 0) && to > from && to <= (isDotted ? 6 : 8);
  const text = isZero ? `${parts.slice(0, from).join(":")}::${parts.slice(to).join(":")}` : parts.join(":");
  return isUpper ? text.toUpperCase() : text;
}

describe("parseIpAddress()", () => {
  test.each([
    ["0.0.0.0", 4, 0n],
    ["192.0.2.7", 4, 0xc0000207n],
    ["::ffff:192.0.2.7", 4, 0xc0000207n],
    ["::ffff:c000:207", 4, 0xc0000207n],
    ["0:0:0:0:0:FFFF:192.0.2.7", 4, 0xc0000207n],
    ["::", 6, 0n],
    ["::1", 6, 1n],
    ["1::", 6, 1n << 112n],
    ["::192.0.2.7", 6, 0xc0000207n],
    ["fe80::a:b", 6, (0xfe80n << 112n) | 0xa000bn],
    ["64:ff9b::192.0.2.7", 6, (0x64n << 112n) | (0xff9bn << 96n) | 0xc0000207n],
  ] as const)("reads %s", (text, family, bits) => {
    expect(parseIpAddress(text)).toEqual({ family, bits });
  });

  test.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "1.2.3.4:80",
    "[::1]",
    "fe80::1%eth0",
    "::1/128",
    " ::1",
  ])("takes %j for no address", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  test("reads every spelling of an address of IPv6 alike", () => {
    const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, fc.nat(8), fc.nat(8), fc.boolean(), fc.boolean(), (given, from, to, isDotted, isUpper) => {
        const bits = given.reduce((before, each) => (before << 16n) | BigInt(each), 0n);
        const isMapped = bits >> 32n === 0xffffn;
        expect(parseIpAddress(spell(given, from, to, isDotted, isUpper))).toEqual(
          isMapped ? { family: 4, bits: bits & 0xffffffffn } : { family: 6, bits },
        );
      }),
      soakProperty(100_000, 1_000),
    );
  });

  test.each([
    ["127.0.0.1", true],
    ["127.255.0.3", true],
    ["::1", true],
    ["::ffff:127.0.0.1", true],
    ["128.0.0.1", false],
    ["::2", false],
    ["0.0.0.0", false],
  ])("says of %s whether it is loopback: %s", (text, expected) => {
    const address = parseIpAddress(text);
    expect(address !== undefined && isLoopbackAddress(address)).toBe(expected);
  });
});

describe("createAddressList()", () => {
  test.each([
    ["10.0.0.5", "10.0.0.5", true],
    ["10.0.0.5", "10.0.0.6", false],
    ["10.0.0.5", "::ffff:10.0.0.5", true],
    ["::ffff:10.0.0.5", "10.0.0.5", true],
    ["::ffff:10.0.0.0/120", "10.0.0.77", true],
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["10.0.0.0/8", "::ffff:a01:203", true],
    ["10.0.0.4/31", "10.0.0.5", true],
    ["10.0.0.4/31", "10.0.0.6", false],
    ["fd00::/8", "fd12::1", true],
    ["fd00::/8", "fe00::1", false],
    ["::/1", "10.0.0.5", false],
    ["::1", "::1", true],
    ["fe80::/10", "fe80::1%eth0", false],
    ["10.0.0.5", "10.0.0.5, 10.0.0.6", false],
  ])("in %s is %s: %s", (entry, address, expected) => {
    const isListed = createAddressList([entry]);
    expect([isListed(address), isListed(address), isListed(undefined)]).toEqual([expected, expected, false]);
  });

  test("holds no address where it has no entry", () => {
    expect(createAddressList([])("127.0.0.1")).toBe(false);
  });

  test("holds an address exactly where the bits of its range are its own", () => {
    const address = fc.nat(0xffffffff);
    const write = (bits: number): string => [24, 16, 8, 0].map((by) => (bits >>> by) & 255).join(".");
    fc.assert(
      fc.property(address, address, fc.integer({ min: 1, max: 32 }), (one, other, length) => {
        const mask = length === 32 ? 0xffffffff : ~(0xffffffff >>> length) >>> 0;
        const isListed = createAddressList([`${write((one & mask) >>> 0)}/${length}`]);
        expect(isListed(write(other))).toBe((one & mask) >>> 0 === (other & mask) >>> 0);
        expect(isListed(write(one))).toBe(true);
      }),
      soakProperty(100_000, 1_000),
    );
  });

  test.each([
    ["localhost", "it is no address"],
    ["10.0.0.5/33", "from 0 to 32"],
    ["::ffff:10.0.0.0/95", "from 96 to 128"],
    ["10.0.0.5/", "it is no address"],
    ["10.0.0.5/8", "bits behind the first 8"],
    ["0.0.0.0/0", "every address"],
    ["::/0", "every address"],
    ["10.0.0.0/8/8", "it is no address"],
    ["fe80::1%eth0", "it is no address"],
    ["", "it is no address"],
  ])("does not take %j", (entry, words) => {
    expect(() => createAddressList([entry])).toThrow(
      expect.objectContaining({ code: "SETTINGS_INVALID", message: expect.stringContaining(words) }),
    );
  });
});
