import { describe, expect, test } from "vitest";
import { parseFlags } from "./flags.ts";

describe("parseFlags()", () => {
  test("has a default for everything", () => {
    expect(parseFlags([])).toEqual({
      port: 4242,
      host: "127.0.0.1",
      http: "auto",
      credentials: undefined,
      apiKeys: undefined,
      workspaces: undefined,
      models: undefined,
      region: undefined,
      onFinding: "reject",
    });
  });

  test("reads what may be repeated", () => {
    const flags = parseFlags([
      "--credentials",
      "A:b",
      "--credentials=C:d:e:f==",
      "--api-key",
      "k1",
      "--api-key",
      "k2",
      "--workspace",
      "w",
    ]);

    expect(flags.credentials).toEqual([
      { accessKeyId: "A", secretAccessKey: "b" },
      { accessKeyId: "C", secretAccessKey: "d", sessionToken: "e:f==" },
    ]);
    expect(flags.apiKeys).toEqual(["k1", "k2"]);
    expect(flags.workspaces).toEqual(["w"]);
  });

  test("takes random alone", () => {
    expect(parseFlags(["--credentials", "random"]).credentials).toBe("random");
    expect(() => parseFlags(["--credentials", "random", "--credentials", "A:b"])).toThrow(TypeError);
  });

  test.each(["A", "A:", ":b", ""])('does not take the credentials "%s"', (text) => {
    expect(() => parseFlags(["--credentials", text])).toThrow(/^Cannot read --credentials number 1/);
  });
});
