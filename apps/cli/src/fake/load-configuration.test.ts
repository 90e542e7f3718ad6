import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseFlags } from "./flags.ts";
import { loadConfiguration } from "./load-configuration.ts";
import { startFake } from "./start-fake.ts";

const key = { accessKeyId: "AKIDALICE", secretAccessKey: "aLiCeSeCrEt/EXAMPLE" };
const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "bedrock:*", Resource: "*" }] };
const CONFIGURATION = {
  region: "eu-west-1",
  onFinding: "record",
  workspaces: [{ id: "wrkspc_1", region: "eu-west-1" }],
  deniedModels: ["claude-opus-5"],
  facts: { maxClockSkewMinutes: 15, undecodableKeys: false },
  maxJournalExchanges: 7,
  principals: [{ name: "alice", credentials: [key], policies: ["../policies/bedrock.json"] }],
};

let folder = "";
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "configuration-"));
  await mkdir(path("fake"));
  await mkdir(path("policies"));
  await writeFile(path("policies/bedrock.json"), JSON.stringify(POLICY));
  await writeFile(path("fake/good.json"), JSON.stringify(CONFIGURATION));
  await writeFile(path("fake/wrong.json"), '{ "regions": [] }');
  await writeFile(
    path("fake/lost.json"),
    JSON.stringify({ principals: [{ name: "a", policies: ["./lost.json.json"] }] }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("loadConfiguration()", () => {
  test("reads policies from beside the configuration, and names them by their files", () => {
    expect(loadConfiguration(path("fake/good.json")).principals).toMatchObject([
      { name: "alice", policies: [{ name: "../policies/bedrock.json", statements: [{ effect: "Allow" }] }] },
    ]);
  });

  test.each([
    ["fake/none.json", /^Cannot read --config .*none\.json: there is no such file/],
    ["fake/wrong.json", /^Cannot use --config .*wrong\.json: .*the key "regions".*did you mean region\?/],
    ["fake/lost.json", /^Cannot read \.\/lost\.json\.json, a policy of --config .*: there is no such file/],
  ])("says what is wrong with %s", (name, message) => {
    expect(() => loadConfiguration(path(name))).toThrow(message);
  });
});

describe("startFake() with --config", () => {
  const start = async (...args: string[]) => {
    const { fake, server, address, hasGivenCredentials } = await startFake(
      parseFlags(["--config", path("fake/good.json"), ...args]),
      0,
    );
    await server.close();
    return { settings: fake.settings, address, hasGivenCredentials };
  };

  test("takes everything from it, and lets the clients be the first principal", async () => {
    const { settings, address, hasGivenCredentials } = await start();

    expect(settings).toMatchObject({ region: "eu-west-1", onFinding: "record", maxJournalExchanges: 7 });
    expect(settings.facts).toMatchObject({ maxClockSkewMinutes: 15, undecodableKeys: false });
    expect(address).toMatchObject({ region: "eu-west-1", workspaceId: "wrkspc_1", credentials: key });
    expect(hasGivenCredentials).toBe(true);
  });

  test("lets flags win", async () => {
    const { settings, address } = await start(
      "--region=us-west-2",
      "--on-finding=reject",
      "--max-exchanges=9",
      "--max-buffered-bytes=1000",
      "--workspace=wrkspc_2",
      "--fact=maxClockSkewMinutes=10",
      "--deny-model=claude-opus-4-5",
      "--credentials=AKIDBOB:bObSeCrEt",
    );

    expect(settings).toMatchObject({
      region: "us-west-2",
      onFinding: "reject",
      maxJournalExchanges: 9,
      maxBufferedBytes: 1000,
    });
    expect(settings.facts).toMatchObject({ maxClockSkewMinutes: 10, undecodableKeys: false });
    expect([...settings.deniedModels]).toEqual(["claude-opus-4-5"]);
    expect(address).toMatchObject({ workspaceId: "wrkspc_2", credentials: { accessKeyId: "AKIDBOB" } });
  });

  test("is not needed", async () => {
    const { fake, server, address, hasGivenCredentials } = await startFake(parseFlags([]), 0);
    await server.close();

    expect(fake.settings.principals).toBeUndefined();
    expect(address.credentials).toEqual(EXAMPLE_CREDENTIALS);
    expect(hasGivenCredentials).toBe(false);
  });
});
