import { afterEach, describe, expect, test, vi } from "vitest";
import { turnEnvironment, turnFolders } from "./turn-environment.ts";

const folders = turnFolders("/throw-away");
const environment = turnEnvironment({
  folders,
  proxyUrl: "http://127.0.0.1:1",
  variables: { AWS_REGION: "eu-west-1", ANTHROPIC_AWS_BASE_URL: "http://127.0.0.1:2" },
});

afterEach(() => void vi.unstubAllEnvs());

describe("turnEnvironment()", () => {
  test("takes nothing over from the environment of the caller", () => {
    vi.stubEnv("ANTHROPIC_API_KEY", "of-the-developer");
    expect(turnEnvironment({ folders, proxyUrl: "", variables: {} })).not.toHaveProperty("ANTHROPIC_API_KEY");
  });

  test("keeps every file in the folder that is thrown away", () => {
    const files = ["HOME", "CLAUDE_CONFIG_DIR", "TMPDIR", "CLAUDE_CODE_TMPDIR", "AWS_CONFIG_FILE"];
    for (const name of [...files, "AWS_SHARED_CREDENTIALS_FILE"]) {
      expect([name, environment[name]]).toEqual([name, expect.stringMatching(/^\/throw-away\/(?:home|tmp)/)]);
    }
  });

  test("sends what is not on loopback to the proxy, and asks no metadata service", () => {
    expect(environment).toMatchObject({
      HTTP_PROXY: "http://127.0.0.1:1",
      HTTPS_PROXY: "http://127.0.0.1:1",
      NO_PROXY: "127.0.0.1,localhost",
      AWS_EC2_METADATA_DISABLED: "true",
    });
  });

  test.each([
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
    "DISABLE_AUTOUPDATER",
    "DISABLE_ERROR_REPORTING",
    "DISABLE_TELEMETRY",
    "DISABLE_UPDATES",
  ])("sets %s", (name) => {
    expect(environment[name]).toBe("1");
  });

  test("lets the case's variables win", () => {
    expect(environment).toMatchObject({ AWS_REGION: "eu-west-1", ANTHROPIC_AWS_BASE_URL: "http://127.0.0.1:2" });
  });

  test("trusts the proxy, and may call home, where the case says so", () => {
    const loud = turnEnvironment({ folders, proxyUrl: "", certificateFile: "/ca.pem", quiet: false, variables: {} });
    expect(loud).toMatchObject({ NODE_EXTRA_CA_CERTS: "/ca.pem" });
    expect(loud).not.toHaveProperty("DISABLE_TELEMETRY");
  });
});
