import { describe, expect, test } from "vitest";
import { createAuthority } from "../../../apps/fake/src/tls/authority.ts";
import { CAPTURE_REPLY } from "./capture-answers.ts";
import { startCaptureServer } from "./capture-server.ts";

const inferenceProfiles = ["us.anthropic.claude-opus-5-5", "eu.anthropic.claude-opus-5-5"];
const authority = createAuthority(new Date());

describe("startCaptureServer()", () => {
  test("notes what arrives, and answers as the services do", async () => {
    const server = await startCaptureServer({ inferenceProfiles, authority });
    try {
      const listed = await fetch(`${server.url}/p/inference-profiles?type=SYSTEM_DEFINED`);
      const { inferenceProfileSummaries: rows } = (await listed.json()) as {
        readonly inferenceProfileSummaries: readonly { readonly inferenceProfileId: string }[];
      };
      expect(rows.map((row) => row.inferenceProfileId)).toEqual(inferenceProfiles);

      const body = JSON.stringify({ model: "claude-opus-5-5", stream: true });
      const headers = { "x-api-key": "key" };
      const streamed = await fetch(`${server.url}/p/v1/messages?beta=true`, { method: "POST", headers, body });
      expect(await streamed.text()).toContain(CAPTURE_REPLY);
      expect(server.requests().map(({ method, target }) => `${method} ${target}`)).toEqual([
        "GET /p/inference-profiles?type=SYSTEM_DEFINED",
        "POST /p/v1/messages?beta=true",
      ]);
      expect(server.requests()[1]).toMatchObject({ origin: server.url, headers, body });
      expect(server.refused()).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
