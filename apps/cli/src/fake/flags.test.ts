import { describe, expect, test } from "vitest";
import { CliError } from "../cli-error.ts";
import { parseFlags } from "./flags.ts";

describe("parseFlags()", () => {
  test("has a default for everything", () => {
    expect(parseFlags([])).toEqual({
      port: undefined,
      host: "127.0.0.1",
      allowedHosts: [],
      http: "auto",
      tls: false,
      tlsDirectory: undefined,
      proxy: false,
      credentials: undefined,
      apiKeys: undefined,
      workspaces: undefined,
      models: undefined,
      deniedModels: undefined,
      region: undefined,
      onFinding: undefined,
      maxExchanges: undefined,
      facts: {},
      reports: [],
      config: undefined,
      scenario: undefined,
      handlers: undefined,
      provider: "anthropic-aws",
      json: false,
      github: false,
      allowEmpty: false,
      expected: [],
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
      "wrkspc_1",
    ]);

    expect(flags.credentials).toEqual([
      { accessKeyId: "A", secretAccessKey: "b" },
      { accessKeyId: "C", secretAccessKey: "d", sessionToken: "e:f==" },
    ]);
    expect(flags.apiKeys).toEqual(["k1", "k2"]);
    expect(flags.workspaces).toEqual(["wrkspc_1"]);
  });

  test("binds a workspace to a region", () => {
    const { workspaces } = parseFlags(["--workspace", "wrkspc_1@eu-west-1", "--workspace", "wrkspc_2"]);

    expect(workspaces).toEqual([{ id: "wrkspc_1", region: "eu-west-1" }, "wrkspc_2"]);
  });

  test.each(["@eu-west-1", "wrkspc_1@", "wrkspc_1@a@b"])('does not take the workspace "%s"', (text) => {
    expect(() => parseFlags(["--workspace", text])).toThrow(/^Cannot use --workspace .*expected ID or ID@REGION$/);
  });

  test.each(["foo", "wrkspc_", "wrkspc_a-b", "WRKSPC_1@eu-west-1"])('does not take the workspace ID "%s"', (text) => {
    expect(() => parseFlags(["--workspace", text])).toThrow(
      `Cannot use --workspace "${text}": expected the ID of a workspace, which begins with wrkspc_`,
    );
  });

  test("tells the format of a report from its name", () => {
    const paths = ["a/b.json", "c.xml", "d.MD", "e.txt"];
    const { reports } = parseFlags(paths.flatMap((path) => ["--report", path]));

    expect(reports).toEqual([
      { path: "a/b.json", format: "json" },
      { path: "c.xml", format: "junit" },
      { path: "d.MD", format: "markdown" },
      { path: "e.txt", format: "text" },
    ]);
  });

  test.each(["report", "report.pdf", ".json"])('does not take the report "%s"', (path) => {
    expect(() => parseFlags(["--report", path])).toThrow(
      /^Cannot use --report .*: expected a name that ends in \.json, \.xml, \.md, \.txt, \.html$/,
    );
  });

  test("reads facts as what their defaults are", () => {
    const facts = ["bothKeysStatus=401", "bearerKeyOnClaudePlatform=false", "profilesOfAccount=210987654321"];

    expect(parseFlags(facts.flatMap((fact) => ["--fact", fact])).facts).toEqual({
      bothKeysStatus: 401,
      bearerKeyOnClaudePlatform: false,
      profilesOfAccount: "210987654321",
    });
  });

  test.each([
    ["bothKeysStatus", /^Cannot read --fact "bothKeysStatus": expected NAME=VALUE$/],
    ["noSuchFact=1", /^Cannot use --fact "noSuchFact": expected one of bothKeysStatus, /],
    ["toString=1", /^Cannot use --fact "toString": expected one of /],
    ["bothKeysStatus=many", /: expected a status from 400 to 599$/],
    ["unknownKeyStatus=9999", /: expected a status from 400 to 599$/],
    ["unknownRouteStatusOnMantle=200", /: expected a status from 400 to 599$/],
    ["maxClockSkewMinutes=many", /: expected a number$/],
    ["unknownFieldsOnBedrock=ignore", /: expected one of accept, refuse, accept with a beta$/],
    ["bearerKeyOnClaudePlatform=yes", /: expected true or false$/],
  ])('does not take the fact "%s"', (text, message) => {
    expect(() => parseFlags(["--fact", text])).toThrow(message);
  });

  test.each(["a b", "a\tb", "kéy", "k\n", "k".repeat(8193)])("does not take the API key %j, nor repeat it", (key) => {
    const given = ["--api-key", "good", "--api-key", key];

    expect(() => parseFlags(given)).toThrow(
      /^Cannot use --api-key number 2: expected visible characters of ASCII without a space, at most 8192$/,
    );
  });

  test.each(["--api-key", "--model", "--deny-model"])("does not take an empty %s", (flag) => {
    expect(() => parseFlags([flag, " "])).toThrow(`Cannot use ${flag} ""`);
  });

  test.each([
    ["--region", "us_east_1"],
    ["--region", ""],
    ["--workspace", "wrkspc_1@nowhere"],
  ])("does not take %s %j", (flag, text) => {
    expect(() => parseFlags([flag, text])).toThrow(/^Cannot use the region ".*": expected one such as us-east-1$/);
  });

  test("gives each command its own flags alone", () => {
    expect(parseFlags(["--json"], "fake").json).toBe(true);
    expect(parseFlags(["--github"], "run").github).toBe(true);
    expect(() => parseFlags(["--github"], "fake")).toThrow(CliError);
    expect(() => parseFlags(["--json"], "run")).toThrow(CliError);
  });

  test("keeps a certificate in a folder for HTTPS, and for a proxy", () => {
    expect(parseFlags(["--tls-directory", "certificates"])).toMatchObject({ tls: true, tlsDirectory: "certificates" });
    expect(parseFlags(["--proxy", "--tls-directory", "certificates"])).toMatchObject({ tls: false, proxy: true });
    expect(parseFlags(["--tls", "--proxy"])).toMatchObject({ tls: true, proxy: true });
  });

  test("takes random alone", () => {
    expect(parseFlags(["--credentials", "random"]).credentials).toBe("random");
    expect(() => parseFlags(["--credentials", "random", "--credentials", "A:b"])).toThrow(CliError);
  });

  test.each(["A", "A:", ":b", ""])('does not take the credentials "%s"', (text) => {
    expect(() => parseFlags(["--credentials", text])).toThrow(/^Cannot read --credentials number 1/);
  });
});
