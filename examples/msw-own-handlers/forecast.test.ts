import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { createFake } from "@claude-on-aws/fake";
import { expectConformance } from "@claude-on-aws/fake/testing";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sayForecast } from "./forecast.ts";

const fake = createFake();
const server = setupServer(
  http.get("https://weather.example.com/v1/:city", () => HttpResponse.json({ forecast: "rain" })),
  ...fake.handlers,
);

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  expectConformance(fake);
  fake.reset();
  server.resetHandlers();
});
afterAll(() => server.close());

/** As in production; made after `listen`, because the client keeps the `fetch` that it finds. */
function createClient(): AnthropicAws {
  return new AnthropicAws({
    awsAccessKey: "AKIDEXAMPLE",
    awsSecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    awsRegion: "eu-west-1",
    workspaceId: "wrkspc_01AbCdEf23GhIj",
  });
}

test("asks the weather service, then Claude", async () => {
  expect(await sayForecast(createClient(), "Lyon")).toBe("Say in a sentence: Lyon, rain");
  expect(fake.journal.total).toBe(1);
});

test("asks again where Claude is overloaded", async () => {
  fake.use(http.post("*/v1/messages", () => new HttpResponse(null, { status: 529 }), { once: true }));

  expect(await sayForecast(createClient(), "Lyon")).toBe("Say in a sentence: Lyon, rain");
  expect(fake.journal.total).toBe(2);
});
