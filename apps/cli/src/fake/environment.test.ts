import { describe, expect, test } from "vitest";
import { environmentLines } from "./environment.ts";

const address = {
  url: "http://127.0.0.1:4242",
  region: "us-east-1",
  workspaceId: "wrkspc_1",
  credentials: { accessKeyId: "AKID", secretAccessKey: "it's $ecret", sessionToken: "token==" },
  printSecret: true,
};

describe("environmentLines()", () => {
  test("quotes what a shell would read", () => {
    const lines = environmentLines(address);

    expect(lines).toContain("export ANTHROPIC_AWS_BASE_URL=http://127.0.0.1:4242");
    expect(lines).toContain(`export AWS_SECRET_ACCESS_KEY='it'\\''s $ecret'`);
    expect(lines).toContain("export AWS_SESSION_TOKEN=token==");
  });

  test("does not print a secret that it was given", () => {
    const text = environmentLines({ ...address, printSecret: false }).join("\n");

    expect(text).toContain("export AWS_ACCESS_KEY_ID=AKID");
    expect(text).not.toContain("ecret'");
    expect(text).not.toContain("token==");
  });
});
