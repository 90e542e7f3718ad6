import { describe, expect, test } from "vitest";
import { type IpRange, isInRange, parseIpRange } from "./parse-ip-range.ts";

describe("parseIpRange() and isInRange()", () => {
  test.each([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["203.0.113.128/25", "203.0.113.129", true],
    ["203.0.113.128/25", "203.0.113.127", false],
    ["0.0.0.0/0", "255.1.2.3", true],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "::1", true],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["::ffff:10.0.0.0/104", "::ffff:10.9.8.7", true],
    ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8", true],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", true],
  ])("%s holds %s: %s", (range, address, expected) => {
    expect(isInRange(parseIpRange(address) as IpRange, parseIpRange(range) as IpRange)).toBe(expected);
  });

  test.each([
    "",
    "10.0.0",
    "10.0.0.256",
    "10.0.0.0/33",
    "10.0.0.0/",
    "::/129",
    "1::2::3",
    ":::",
    "g::",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "1.2.3.4::",
  ])("reads no range in %j", (text) => expect(parseIpRange(text)).toBeUndefined());
});
