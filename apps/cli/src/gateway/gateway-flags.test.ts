import { describe, expect, test } from "vitest";
import { CliError } from "../cli-error.ts";
import { parseGatewayFlags } from "./gateway-flags.ts";

describe("parseGatewayFlags()", () => {
  test("reads every flag", () => {
    expect(
      parseGatewayFlags(
        "--port 1 --host ::1 --http 1 --config a.json --store sqlite:b.db --explain - --json".split(" "),
      ),
    ).toEqual({ port: 1, host: "::1", http: "1", config: "a.json", store: "sqlite:b.db", explain: "-", json: true });
  });

  test("needs none", () => {
    expect(parseGatewayFlags([])).toMatchObject({ port: undefined, config: undefined, json: false });
  });

  test.each([
    [["--port", "http"], /^Cannot use port "http"/],
    [["--http", "3"], /^Cannot use --http "3": expected auto or 1/],
    [["--store", "redis://me:hush@host"], /^Cannot use --store: expected memory, sqlite:FILE or postgres:/],
    [["--dance"], /--dance/],
    [["stray"], /stray/],
  ])("says what is wrong with %j, without a secret", (args, message) => {
    expect(() => parseGatewayFlags(args)).toThrow(CliError);
    expect(() => parseGatewayFlags(args)).toThrow(message);
    expect(() => parseGatewayFlags(args)).not.toThrow(/hush/);
  });
});
