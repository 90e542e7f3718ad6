import { expect, test } from "vitest";
import { relayAnswer, type RelayAnswerOptions } from "./relay-answer.ts";

const breaksOff = {
  read: () => Promise.reject(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })),
  cancel: () => undefined,
};

test.each([
  [200, 502, "api_error", true],
  [400, 400, "invalid_request_error", false],
  [404, 404, "not_found_error", false],
  [413, 413, "request_too_large", false],
  [418, 418, "api_error", false],
  [429, 429, "rate_limit_error", true],
  [503, 503, "overloaded_error", true],
  [529, 529, "overloaded_error", true],
])("an answer with %i that breaks off is one with %i, %s", async (status, answered, type, shouldRetry) => {
  const delivery = {
    upstream: { name: "one" },
    answer: { status, headers: [["content-type", "application/json"]], body: breaksOff },
  };
  const options = { service: { maxGatheredBytes: 1024 }, operation: "CreateMessage", form: "messages", caps: [] };
  const { reply } = await relayAnswer(
    delivery as unknown as Parameters<typeof relayAnswer>[0],
    options as unknown as RelayAnswerOptions,
  );

  expect(reply).toMatchObject({ status: answered, type, shouldRetry });
});
