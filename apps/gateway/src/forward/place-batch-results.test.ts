import { describe, expect, test } from "vitest";
import { placeBatchResults } from "./place-batch-results.ts";

const place = (text: string): string => new TextDecoder().decode(placeBatchResults(new TextEncoder().encode(text)));

describe("placeBatchResults()", () => {
  test("has results asked for by their path, in a batch and in a list of them", () => {
    const url = "https://aws-external-anthropic.us-east-1.api.aws/v1/messages/batches/msgbatch_01/results";

    expect(place(`{"id":"msgbatch_01", "results_url" : "${url}","x":1}`)).toBe(
      '{"id":"msgbatch_01", "results_url" : "/v1/messages/batches/msgbatch_01/results","x":1}',
    );
    expect(place(`{"data":[{"results_url":"${url}"},{"results_url":"${url}"}]}`)).not.toContain("api.aws");
    expect(place(`{"results_url":"http://127.0.0.1:1/prefix/v1/messages/batches/a/results"}`)).toBe(
      '{"results_url":"/v1/messages/batches/a/results"}',
    );
  });

  test.each([
    '{"results_url":null}',
    '{"results_url":"https://host/elsewhere"}',
    String.raw`{"note":"\"results_url\":\"https://host/v1/messages/batches/a/results\""}`,
    "{",
    "",
  ])("keeps the bytes of %j", (text) => {
    const bytes = new TextEncoder().encode(text);

    expect(placeBatchResults(bytes)).toBe(bytes);
  });

  test("takes time in proportion to a text that was made to take longer", () => {
    const text = `"results_url":"https://${"/v1/messages/batches/".repeat(10_000)}`;

    expect(place(text)).toBe(text);
  });
});
