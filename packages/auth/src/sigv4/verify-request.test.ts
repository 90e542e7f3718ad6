import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { parseAmzDate } from "./amz-date.ts";
import { verifyRequest } from "./verify-request.ts";
import { headerValue, type WireRequest } from "./wire-request.ts";

interface Recorded {
  id: string;
  httpVersion: string;
  method: string;
  target: string;
  headers: [string, string][];
  bodySha256: string;
  authentication: string;
  sigv4?: { accessKeyId: string; region: string; service: string; valid: boolean; mistake?: string };
}
const recorded = readJsonLines<Recorded>("wire-requests/requests.jsonl");
describe("verifyRequest()", () => {
  test.each(recorded.filter((r) => r.authentication === "sigv4"))("judges $id as recorded", async (r) => {
    const request: WireRequest = { ...r, body: new Uint8Array() };
    const token = headerValue(r.headers, "x-amz-security-token");
    const verdict = await verifyRequest(request, {
      credentials: (accessKeyId) => ({
        accessKeyId,
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: token,
      }),
      bodySha256: r.bodySha256,
      service: r.sigv4!.service,
      region: r.sigv4!.region,
      now: parseAmzDate(headerValue(r.headers, "x-amz-date")!)!,
    });
    expect(verdict.ok ? "ok" : verdict.code).toBe(r.sigv4!.valid ? "ok" : "SIGNATURE_MISMATCH");
  });
});
