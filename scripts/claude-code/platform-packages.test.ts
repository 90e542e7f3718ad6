import { describe, expect, test } from "vitest";
import { PLATFORM_PACKAGES, resolvePlatformPackage, wantPackage } from "./platform-packages.ts";

const machine = (platform: string, architecture: string, ...files: readonly string[]) => ({
  platform,
  architecture,
  exists: (path: string) => files.includes(path),
});

describe("resolvePlatformPackage()", () => {
  test.each([
    ["linux", "x64", "/lib64/ld-linux-x86-64.so.2", "@anthropic-ai/claude-code-linux-x64"],
    ["linux", "x64", "/lib/ld-musl-x86_64.so.1", "@anthropic-ai/claude-code-linux-x64-musl"],
    ["linux", "arm64", "/lib/ld-linux-aarch64.so.1", "@anthropic-ai/claude-code-linux-arm64"],
    ["linux", "arm64", "/lib/ld-musl-aarch64.so.1", "@anthropic-ai/claude-code-linux-arm64-musl"],
    ["darwin", "arm64", "", "@anthropic-ai/claude-code-darwin-arm64"],
    ["darwin", "x64", "", "@anthropic-ai/claude-code-darwin-x64"],
  ])("takes on %s %s with %j the package %s", (platform, architecture, loader, name) => {
    expect(resolvePlatformPackage(machine(platform, architecture, loader))?.name).toBe(name);
  });

  test("prefers glibc where both are installed", () => {
    const both = machine("linux", "x64", "/lib/ld-musl-x86_64.so.1", "/lib64/ld-linux-x86-64.so.2");
    expect(resolvePlatformPackage(both)?.name).toBe("@anthropic-ai/claude-code-linux-x64");
  });

  test.each([
    ["win32", "x64"],
    ["linux", "riscv64"],
    ["linux", "x64"],
  ])("has nothing for %s %s without a known loader", (platform, architecture) => {
    expect(resolvePlatformPackage(machine(platform, architecture))).toBeUndefined();
  });
});

test.each(["2.1.329", "2.1.332"])("each package of %s has a SHA-512 of its own", (version) => {
  const hashes = PLATFORM_PACKAGES.map((row) => wantPackage(row, version).integrity);
  expect(new Set(hashes).size).toBe(PLATFORM_PACKAGES.length);
  for (const hash of hashes) expect(Buffer.from(hash.replace("sha512-", ""), "base64")).toHaveLength(64);
});
