import { describe, expect, test } from "vitest";
import type { ReceivedRequest } from "../terms/wire.ts";
import { ownUrl } from "./own-url.ts";

const requested = (headers: ReceivedRequest["headers"], more: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
  method: "GET",
  target: "/",
  headers,
  httpVersion: "1.1",
  body: new Uint8Array(),
  wire: "received",
  ...more,
});

describe("ownUrl()", () => {
  test.each([
    [requested([["Host", "127.0.0.1:4242"]]), "http://127.0.0.1:4242/v1"],
    [requested([["host", "localhost:4242"]], { secure: true }), "https://localhost:4242/v1"],
    [
      requested([["host", "aws-external-anthropic.eu-west-1.api.aws"]]),
      "https://aws-external-anthropic.eu-west-1.api.aws/v1",
    ],
    [
      requested([
        [":authority", "[::1]:4242"],
        [":scheme", "http"],
      ]),
      "http://[::1]:4242/v1",
    ],
    [
      requested([
        [":authority", "127.0.0.1:4242"],
        [":scheme", "https"],
      ]),
      "https://127.0.0.1:4242/v1",
    ],
    [requested([]), "http://localhost/v1"],
  ])("of %j", (request, url) => {
    expect(ownUrl({ request }, "/v1")).toBe(url);
  });
});
