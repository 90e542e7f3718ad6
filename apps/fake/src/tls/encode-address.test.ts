import { describe, expect, test } from "vitest";
import { encodeAddress } from "./encode-address.ts";

describe("encodeAddress()", () => {
  test.each([
    ["127.0.0.1", "7f000001"],
    ["::1", "00000000000000000000000000000001"],
    ["::", "00000000000000000000000000000000"],
    ["fd00:ec2::254", "fd000ec2000000000000000000000254"],
    ["2001:db8:1:2:3:4:5:6", "20010db8000100020003000400050006"],
    ["::ffff:10.0.0.1", "00000000000000000000ffff0a000001"],
  ])("encodes %s", (text, expected) => {
    expect(Buffer.from(encodeAddress(text) ?? []).toString("hex")).toBe(expected);
  });

  test.each(["localhost", "256.0.0.1", "1.2.3", "a:b", "", "bedrock.us-east-1.amazonaws.com"])(
    'finds no address in "%s"',
    (text) => {
      expect(encodeAddress(text)).toBeUndefined();
    },
  );
});
