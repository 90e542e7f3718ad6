import { getToken } from "@aws/bedrock-token-generator";
import { AWS_KEY_FAMILIES, keyFamily } from "@claude-on-aws/endpoints";
import { afterEach, describe, expect, test, vi } from "vitest";
import { parseApiKey } from "./parse-api-key.ts";
import { generateShortTermKey, verifyShortTermKey } from "./short-term-key.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const date = new Date("2026-11-21T12:00:00Z");
const FAMILIES = ["anthropic-aws", "bedrock"] as const;
const after = (seconds: number): Date => new Date(date.getTime() + seconds * 1000);

afterEach(() => void vi.useRealTimers());

describe("generateShortTermKey()", () => {
  test.each([undefined, "to+ken/=="])(
    "writes what AWS's generator writes, with session token %s",
    async (sessionToken) => {
      const mine = { ...credentials, sessionToken };
      const theirs = { ...credentials, ...(sessionToken === undefined ? {} : { sessionToken }) };
      vi.useFakeTimers({ now: date, toFake: ["Date"] });
      const token = await getToken({ credentials: theirs, region: "us-west-2", expiresInSeconds: 3600 });
      vi.useRealTimers();

      const options = {
        credentials: mine,
        region: "us-west-2",
        family: "bedrock",
        expiresInSeconds: 3600,
        date,
      } as const;
      expect(await generateShortTermKey(options)).toBe(token);
    },
  );

  test.each(FAMILIES)("makes a key of %s that verifies until it ends", async (family) => {
    const key = await generateShortTermKey({ credentials, family, region: "us-east-1", date, expiresInSeconds: 60 });
    const verify = (now: Date) => verifyShortTermKey(key, { credentials: () => credentials, now });

    expect(keyFamily(key)).toBe(family);
    expect(parseApiKey(` ${key}\n`)).toMatchObject({ term: "short", accessKeyId: "AKIDEXAMPLE", expiresAt: after(60) });
    expect(await verify(after(59))).toMatchObject({ ok: true, expiresAt: after(60) });
    expect(await verify(after(60))).toMatchObject({ code: "PRESIGNED_EXPIRED" });
  });

  test("never outlives the credentials", async () => {
    const temporary = { ...credentials, sessionToken: "t", expiration: after(100.9) };
    const key = await generateShortTermKey({ credentials: temporary, family: "bedrock", region: "us-east-1", date });

    expect(parseApiKey(key)).toMatchObject({ expiresAt: after(100) });
  });

  test.each([
    ["EXPIRES_INVALID", { expiresInSeconds: 43_201 }],
    ["EXPIRES_INVALID", { expiresInSeconds: 0 }],
    ["CREDENTIALS_EXPIRED", { credentials: { ...credentials, expiration: date } }],
  ])("refuses with %s", async (code, how) => {
    const options = { credentials, family: "bedrock", region: "us-east-1", date, ...how } as const;

    await expect(generateShortTermKey(options)).rejects.toMatchObject({ code });
  });
});

describe("verifyShortTermKey()", () => {
  test.each(FAMILIES)("refuses a key of %s in which anything is changed", async (family) => {
    const key = await generateShortTermKey({ credentials, family, region: "us-east-1", date });
    const { shortTermPrefix } = AWS_KEY_FAMILIES[family];
    const url = atob(key.slice(shortTermPrefix.length));
    for (let at = 0; at < url.length; at++) {
      const changed = `${url.slice(0, at)}${url[at] === "0" ? "1" : "0"}${url.slice(at + 1)}`;
      const verdict = await verifyShortTermKey(`${shortTermPrefix}${btoa(changed)}`, {
        credentials: () => credentials,
        now: date,
      });
      expect(verdict.ok).toBe(false);
    }
  });

  test("refuses a lifetime of more than twelve hours, even with a right signature", async () => {
    const { presignRequest } = await import("../sigv4/presign-request.ts");
    const { target } = await presignRequest(
      {
        method: "POST",
        target: "/?Action=CallWithBearerToken",
        headers: [["host", "bedrock.amazonaws.com"]],
        httpVersion: "1.1",
        body: new Uint8Array(),
      },
      { credentials, region: "us-east-1", service: "bedrock", date, expiresInSeconds: 43_201 },
    );
    const key = `bedrock-api-key-${btoa(`bedrock.amazonaws.com${target}&Version=1`)}`;

    expect(await verifyShortTermKey(key, { credentials: () => credentials, now: date })).toMatchObject({
      code: "EXPIRES_INVALID",
    });
  });

  test.each([
    ["NOT_SHORT_TERM", "gateway-token"],
    ["NOT_SHORT_TERM", `ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`],
    ["KEY_MALFORMED", "bedrock-api-key-!"],
    ["KEY_MALFORMED", `bedrock-api-key-${btoa("example.com/?Action=CallWithBearerToken&Version=1")}`],
    ["KEY_MALFORMED", `bedrock-api-key-${btoa("bedrock.amazonaws.com/?Action=Other&Version=1")}`],
  ])("refuses with %s", async (code, key) => {
    expect(await verifyShortTermKey(key, { credentials: () => credentials, now: date })).toMatchObject({
      ok: false,
      code,
    });
  });
});

describe("parseApiKey()", () => {
  test.each([
    ["bedrock", `ABSK${btoa("BedrockAPIKey-abcd-at-123456789012:secret")}`, "BedrockAPIKey-abcd-at-123456789012"],
    ["anthropic-aws", btoa("\0@\0AeaApiKey-x+1-at-123456789012:secret"), "AeaApiKey-x+1-at-123456789012"],
  ])("recognises a long-term key of %s, and gives no secret away", (family, key, userName) => {
    const parsed = parseApiKey(key);

    expect(parsed).toEqual({ family, term: "long", userName, accountId: "123456789012" });
  });

  test.each([
    ["console", "sk-ant-api03-x"],
    ["unknown", "gateway-token"],
  ])("recognises a key of family %s", (family, key) => {
    expect(parseApiKey(key)).toEqual({ family, term: "unknown" });
  });

  test.each(["ABSKQQ==", "ABSK!", btoa("\0@\0AeaApiKey-x-at-12:secret"), btoa("\0@\0AeaApiKey-secret")])(
    "refuses %s without printing it",
    (key) => {
      expect(() => parseApiKey(key)).toThrow(expect.objectContaining({ code: "KEY_MALFORMED" }));
      expect(() => parseApiKey(key)).not.toThrow(key);
    },
  );
});
