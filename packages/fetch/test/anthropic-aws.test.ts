import { describe, expect, test } from "vitest";
import { createAnthropicAwsFetch } from "../src/anthropic-aws/index.ts";
import { BODY, MESSAGES, post, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const common = () => ({ region: "eu-west-1", workspaceId: "wrkspc_01AbCdEf23GhIj", baseUrl: upstream.url });

describe("createAnthropicAwsFetch()", () => {
  test("signs for the region and names the workspace; a model goes as it was written", async () => {
    const fetch = createAnthropicAwsFetch({ ...common(), credentials: CREDENTIALS });
    const body = BODY.replace("claude-opus-5-5", "opus");
    expect((await fetch(MESSAGES, post(body))).status).toBe(200);
    const received = upstream.received.at(-1);

    expect(received?.headers["anthropic-workspace-id"]).toBe("wrkspc_01AbCdEf23GhIj");
    expect(received?.headers.authorization).toMatch(/\/eu-west-1\/aws-external-anthropic\/aws4_request/);
    expect(new TextDecoder().decode(received?.body)).toBe(body);
  });

  test("sends a key instead of a signature", async () => {
    await createAnthropicAwsFetch({ ...common(), apiKey: "AEAAexample" })(MESSAGES, post(BODY));

    expect(upstream.received.at(-1)?.headers).toMatchObject({ "x-api-key": "AEAAexample" });
    expect(upstream.received.at(-1)?.headers.authorization).toBeUndefined();
  });

  test("says at once that it has nothing to authenticate with", () => {
    expect(() => createAnthropicAwsFetch(common())).toThrow(expect.objectContaining({ code: "CREDENTIALS_MISSING" }));
  });
});
