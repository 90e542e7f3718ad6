import { useFake } from "@claude-on-aws/fake/testing";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { equal } from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";

const fake = useFake({ afterAll: after, afterEach, beforeAll: before, beforeEach }, { failOnFinding: true });

test("the worker signs what AWS takes", async () => {
  const { outputFiles } = await build({
    entryPoints: ["worker.ts"],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    write: false,
  });
  const worker = new Miniflare({
    modules: true,
    script: outputFiles[0]?.text ?? "",
    compatibilityDate: "2026-07-01",
    bindings: {
      AWS_ACCESS_KEY_ID: process.env["AWS_ACCESS_KEY_ID"] ?? "",
      AWS_SECRET_ACCESS_KEY: process.env["AWS_SECRET_ACCESS_KEY"] ?? "",
      AWS_REGION: process.env["AWS_REGION"] ?? "",
      ANTHROPIC_AWS_WORKSPACE_ID: process.env["ANTHROPIC_AWS_WORKSPACE_ID"] ?? "",
      ANTHROPIC_AWS_BASE_URL: fake.url,
    },
  });
  try {
    const response = await worker.dispatchFetch("http://worker.example.com/", { method: "POST", body: "Good morning" });

    equal(response.status, 200);
    const message = (await response.json()) as { content: { text: string }[] };
    equal(message.content[0]?.text, "Good morning");
  } finally {
    await worker.dispose();
  }
});
