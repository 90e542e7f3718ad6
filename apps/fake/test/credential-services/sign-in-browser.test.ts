import { CreateTokenCommand } from "@aws-sdk/client-sso-oidc";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFakeCore } from "../../src/server.ts";
import { NO_CHROMIUM } from "../support/chromium-reason.ts";
import type { OpenPage } from "../support/open-chromium.ts";
import { serveForFile } from "../support/start-fake.ts";
import { oidcClient, registerClient, startDevice } from "./support/device-sign-in.ts";
import { CODE_CHALLENGE, CODE_VERIFIER } from "./support/proof-key.ts";

describe.skipIf(NO_CHROMIUM !== "")(`signing in, in Chromium without scripts${NO_CHROMIUM}`, () => {
  const fake = serveForFile(createFakeCore());
  /** A command line that waits for the browser to come back. */
  const callbacks: string[] = [];
  const command = createServer((request, response) => {
    callbacks.push(request.url ?? "");
    response.setHeader("content-type", "text/html").end("<h1>Go back to your terminal</h1>");
  });
  const problems: string[] = [];
  let browser: OpenPage;

  beforeAll(async () => {
    // Loaded here: neither Bun nor Deno has to read what drives the browser.
    const { openChromium } = await import("../support/open-chromium.ts");
    await new Promise<void>((resolve) => command.listen(0, "127.0.0.1", resolve));
    browser = await openChromium({ javaScriptEnabled: false });
    browser.page.on("console", (message) => problems.push(message.text()));
  }, 120_000);

  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    command.close();
  });

  const heading = () => browser.page.locator("h1").textContent();

  test("a code is typed, and the device allowed, by keyboard alone", async () => {
    const { device, poll } = await startDevice(oidcClient(fake.server.url));
    const { page } = browser;
    await page.goto(device.verificationUri ?? "");
    await page.keyboard.press("Tab");
    await page.keyboard.type(device.userCode?.toLowerCase() ?? "");
    await page.keyboard.press("Enter");
    await expect.poll(heading).toBe("Allow this device?");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(heading).toBe("Signed in");

    expect(await poll()).toHaveProperty("accessToken");
  });

  test("a device is denied", async () => {
    const { device, poll } = await startDevice(oidcClient(fake.server.url));
    await browser.page.goto(device.verificationUriComplete ?? "");
    await browser.page.getByRole("button", { name: "Deny" }).click();
    await expect.poll(heading).toBe("Denied");

    await expect(poll()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("the browser goes back to the command that sent it, with a code", async () => {
    const oidc = oidcClient(fake.server.url);
    const client = await registerClient(oidc, { redirectUris: ["http://127.0.0.1/oauth/callback"] });
    const redirectUri = `http://127.0.0.1:${(command.address() as AddressInfo).port}/oauth/callback`;
    const asked = new URLSearchParams({
      response_type: "code",
      client_id: client.clientId ?? "",
      redirect_uri: redirectUri,
      state: "a-state",
      code_challenge_method: "S256",
      code_challenge: CODE_CHALLENGE,
    });
    await browser.page.goto(`${fake.server.url}/authorize?${asked}`);
    await browser.page.getByRole("button", { name: "Allow" }).click();
    await expect.poll(heading).toBe("Go back to your terminal");
    const { searchParams } = new URL(callbacks.find((target) => target.startsWith("/oauth/")) ?? "", redirectUri);

    expect(searchParams.get("state")).toBe("a-state");
    expect(
      await oidc.send(
        new CreateTokenCommand({
          ...client,
          grantType: "authorization_code",
          code: searchParams.get("code") ?? "",
          redirectUri,
          codeVerifier: CODE_VERIFIER,
        }),
      ),
    ).toHaveProperty("accessToken");
  });

  test("nothing was held back by the policy of a page", () => {
    expect(problems.filter((text) => text.includes("Content Security Policy"))).toEqual([]);
  });
});
