import { describe, expect, test } from "vitest";
import { isAccountId } from "./account-id.ts";
import { isWorkspaceId } from "./workspace-id.ts";

describe("isAccountId()", () => {
  test.each(["123456789012", "000000000000"])("takes %s", (text) => expect(isAccountId(text)).toBe(true));

  test.each(["", "12345678901", "1234567890123", "1234-5678-9012", " 123456789012", "123456789012\n", "aws"])(
    "refuses %j",
    (text) => expect(isAccountId(text)).toBe(false),
  );
});

describe("isWorkspaceId()", () => {
  test.each(["wrkspc_01AbCdEf23GhIj", "wrkspc_1", `wrkspc_${"a".repeat(128)}`])("takes %s", (text) => {
    expect(isWorkspaceId(text)).toBe(true);
  });

  test.each(["", "wrkspc_", "wrkspc_a-b", "WRKSPC_1", "wrkspc_1\n", " wrkspc_1", `wrkspc_${"a".repeat(129)}`])(
    "refuses %j",
    (text) => expect(isWorkspaceId(text)).toBe(false),
  );
});
