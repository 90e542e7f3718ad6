import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import { ANSWERS, brokenRules, MODEL, startFake, TEXT } from "../support/fetch-providers.ts";
import { startGateway, TOKEN } from "../support/start-gateway.ts";

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "@anthropic-ai/sdk through a gateway to %s",
  (provider) => {
    const fake = startFake();
    const gateway = startGateway(fake, provider);
    const client = () => new Anthropic({ authToken: TOKEN, apiKey: null, baseURL: gateway.url, maxRetries: 0 });
    const ask = { model: MODEL, max_tokens: 2048, messages: [{ role: "user" as const, content: TEXT }] };

    test("gets a message, with the service's id", async () => {
      const { data, request_id } = await client().messages.create(ask).withResponse();

      expect(data.content).toMatchObject([{ type: "text", text: TEXT }]);
      expect(request_id).toMatch(ANSWERS[provider]?.requestId ?? /^$/);
    });

    test("streams a message", async () => {
      const message = await client().messages.stream(ask).finalMessage();

      expect(message.content).toMatchObject([{ type: "text", text: TEXT }]);
    });

    test("breaks no rule of AWS", () => {
      expect(brokenRules(fake)).toEqual([]);
    });
  },
);
