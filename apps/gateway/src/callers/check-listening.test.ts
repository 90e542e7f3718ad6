import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { CallerSettings } from "../settings/caller-settings.ts";
import type { ListenSettings } from "../settings/gateway-settings.ts";
import { checkListening } from "./check-listening.ts";
import { addToken } from "./tokens/add-token.ts";
import { revokeTokens } from "./tokens/revoke-tokens.ts";

const TLS = { certificateFile: "cert.pem", keyFile: "key.pem" };
const ISSUER = { issuer: "https://idp.example", audience: "gateway" };
const FRONT_END = { header: "x-client-name", addresses: ["10.0.0.5"] };
const NOW = new Date("2026-11-30T12:00:00Z");

/** A file with a token for an hour. */
async function makeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "gateway-listening-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "tokens.json");
  await addToken(file, { name: "a", expiresAt: new Date(NOW.getTime() + 3_600_000), now: NOW });
  return file;
}

describe("checkListening()", () => {
  test.each([undefined, "127.0.0.1", "localhost", "::1", "127.1.2.3", "LocalHost"])(
    "asks nothing of a gateway on %s",
    async (host) => {
      await expect(checkListening({ listen: { host } })).resolves.toBeUndefined();
    },
  );

  test.each<[ListenSettings, CallerSettings]>([
    [{ host: "0.0.0.0", tls: TLS }, { issuers: [ISSUER] }],
    [{ host: "10.0.0.4", tlsEndsInFront: true }, { frontEnd: FRONT_END }],
  ])("lets %j with %j start", async (listen, callers) => {
    await expect(checkListening({ listen, callers })).resolves.toBeUndefined();
  });

  test.each<[ListenSettings, CallerSettings, string]>([
    [{ host: "0.0.0.0" }, { issuers: [ISSUER] }, "in plain text"],
    [{ host: "::" }, { frontEnd: FRONT_END }, "listen.tlsEndsInFront"],
    [{ host: "10.0.0.4", tlsEndsInFront: false }, { issuers: [ISSUER] }, "in plain text"],
    [{ host: "gateway.example", tls: TLS }, {}, "without callers"],
    [{ host: "0.0.0.0", tls: TLS }, { issuers: [] }, "without callers"],
    [{ host: "0.0.0.0", tls: TLS }, { passOwnKeys: true }, "without callers"],
  ])("does not let %j with %j start", async (listen, callers, words) => {
    await expect(checkListening({ listen, callers })).rejects.toMatchObject({
      code: "SETTINGS_INVALID",
      message: expect.stringContaining(words),
    });
  });

  test("takes a file with a token that is good, and no other", async () => {
    const file = await makeFile();
    const check = (now: Date) =>
      checkListening({ listen: { host: "0.0.0.0", tls: TLS }, callers: { tokensFile: file } }, now);

    await expect(check(NOW)).resolves.toBeUndefined();
    await expect(check(new Date(NOW.getTime() + 3_600_000))).rejects.toMatchObject({ code: "SETTINGS_INVALID" });
    await revokeTokens(file, "a");
    await expect(check(NOW)).rejects.toMatchObject({ message: expect.stringContaining("no token that is good") });
    await expect(
      checkListening({ listen: { host: "0.0.0.0", tls: TLS }, callers: { tokensFile: `${file}.none` } }),
    ).rejects.toMatchObject({ code: "TOKENS_UNUSABLE" });
  });
});
