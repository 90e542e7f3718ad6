import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "./start-gateway.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "start-gateway-"));
});
afterAll(() => rm(folder, { recursive: true }));

const environment = (variables: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: folder,
  AWS_EC2_METADATA_DISABLED: "true",
  ...variables,
});

describe("startGateway()", () => {
  test("gives the variables of a set-up, and ends it", async () => {
    const gateway = await startGateway(
      folder,
      environment({
        CLAUDE_CODE_USE_MANTLE: "1",
        ANTHROPIC_BEDROCK_MANTLE_BASE_URL: "http://127.0.0.1:9/anthropic",
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "sEcReT/EXAMPLE",
      }),
    );
    try {
      expect(gateway.variables("mantle")).toMatchObject({
        CLAUDE_CODE_USE_MANTLE: "1",
        CLAUDE_CODE_SKIP_MANTLE_AUTH: "1",
        ANTHROPIC_BEDROCK_MANTLE_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/anthropic$/),
      });
      expect(() => gateway.variables("bedrock")).toThrow("Cannot use the set-up bedrock: the gateway printed messages");
    } finally {
      expect(await gateway.close()).toEqual({ complaints: "", exitStatus: 0 });
    }
  });

  test("says why it does not start", async () => {
    await expect(startGateway(folder, environment({}))).rejects.toThrow(
      /^Cannot start the gateway: .*CLAUDE_CODE_USE_ANTHROPIC_AWS=1/,
    );
  });
});
