import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { expect, test } from "vitest";
import { createFakeCore } from "../../src/server.ts";
import { serveForFile } from "../support/start-fake.ts";
import { BEDROCK_MODEL, bedrockRuntime, MESSAGES_CLIENTS } from "./make-clients.ts";

const fake = serveForFile(
  createFakeCore({
    scenario: {
      scope: "path",
      replies: [
        { times: 1, reply: { text: "first" } },
        { times: 1, reply: { text: "second" } },
      ],
    },
  }),
);

/** What is said to each client under a base URL of its own. */
const ASKS: Readonly<Record<string, (url: string) => () => Promise<unknown>>> = {
  ...Object.fromEntries(
    Object.entries(MESSAGES_CLIENTS).map(([name, { client, model }]) => [
      name,
      (url: string) => async () => {
        const { messages } = client(url);
        const body = { model, max_tokens: 64, messages: [{ role: "user" as const, content: "hello" }] };
        const [block] = (await messages.create(body)).content;
        return block?.type === "text" ? block.text : undefined;
      },
    ]),
  ),
  "BedrockRuntimeClient over HTTP/2": (url) => {
    const client = bedrockRuntime(url);
    return async () => {
      const messages = [{ role: "user" as const, content: [{ text: "hello" }] }];
      const { output } = await client.send(new ConverseCommand({ modelId: BEDROCK_MODEL, messages }));
      return output?.message?.content?.[0]?.text;
    };
  },
};

test("clients with base URLs of their own do not see each other, and sign the whole path", async () => {
  const said = await Promise.all(
    Object.values(ASKS).flatMap((make, index) =>
      ["a", "b/c"].map(async (path) => {
        const ask = make(`${fake.server.url}/test-${index}/${path}`);
        return [await ask(), await ask(), await ask()];
      }),
    ),
  );
  expect(said).toEqual(said.map(() => ["first", "second", "hello"]));
  expect(said).toHaveLength(8);
});
