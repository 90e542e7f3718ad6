import { SOAK, soakLength } from "@claude-on-aws/fixtures";
import type { AbusedServer } from "@claude-on-aws/fixtures/abuse";
import { describeAbuse } from "@claude-on-aws/fixtures/abuse-suite";
import { expect } from "vitest";

const BODY = JSON.stringify({ model: "claude-sonnet-4-6", max_tokens: 8, messages: [{ role: "user", content: "hi" }] });

/** The journal counted every request that reached the fake. */
async function expectCounts(server: AbusedServer): Promise<void> {
  const { begun, ended } = await server.counts();
  expect(ended).toBe(begun);
}

describeAbuse({
  title: "serve()",
  file: new URL("./support/abused-fake.ts", import.meta.url),
  request: [
    "POST /v1/messages HTTP/1.1",
    "host: 127.0.0.1",
    "content-type: application/json",
    "x-api-key: aws-external-anthropic-api-key-EXAMPLE",
    "anthropic-version: 2023-06-01",
    "anthropic-workspace-id: wrkspc_01AbCdEf23GhIj",
    `content-length: ${BODY.length}`,
    "",
    BODY,
  ].join("\r\n"),
  holdRequest: "GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\nx-hold: yes\r\nconnection: close\r\n\r\n",
  malformed: soakLength(10_000, 80),
  // What differs with HTTP/1.1 alone is in the listener, which is abused in both ways by a test of its own.
  choices: SOAK ? ["auto", "1"] : ["auto"],
  numbers: SOAK ? {} : { requests: 80, slow: 20, streams: 120, long: 24, floods: 10, goodbyes: 50 },
  expectCounts,
});
