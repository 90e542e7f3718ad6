import { startAbusedServer } from "@claude-on-aws/fixtures/abuse";
import { describe, expect, test } from "vitest";
import { MODEL } from "../support/fetch-providers.ts";
import { TOKEN } from "../support/start-gateway.ts";

const STREAMS = 8;
const PROMPT = "x".repeat(500_000);
const BODY = JSON.stringify({
  model: MODEL,
  max_tokens: 1,
  messages: [{ role: "user", content: PROMPT }],
  stream: true,
});

/** Opens streams in which nothing comes; ends them. */
async function openStreams(port: number): Promise<() => void> {
  const controller = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: STREAMS }, () =>
      fetch(`http://127.0.0.1:${port}/v1/messages`, {
        method: "POST",
        headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
        body: BODY,
        signal: controller.signal,
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  return () => controller.abort();
}

describe.each(["anthropic-aws", "bedrock"])("a gateway to %s", (provider) => {
  test("does not hold what it was sent for as long as its answer takes", async () => {
    const gateway = await startAbusedServer(new URL("../support/measured-gateway.ts", import.meta.url), provider);
    try {
      // Warm: what a process keeps for itself does not count.
      (await openStreams(gateway.port))();
      while ((await gateway.counts()).ended < STREAMS);
      const before = await gateway.state();
      await openStreams(gateway.port);
      const open = await gateway.state();

      expect(open.begun).toBe(2 * STREAMS);
      expect(open.liveBytes - before.liveBytes).toBeLessThan((STREAMS * BODY.length) / 2);
    } finally {
      await gateway.stop();
    }
  });
});
