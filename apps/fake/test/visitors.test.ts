import { describe, expect, test } from "vitest";
import { sendRaw } from "./support/raw-http.ts";
import { startFake, WORKSPACE_KEY } from "./support/start-fake.ts";

const fake = startFake();

const ask = (method: string, target: string, headers: readonly (readonly [string, string])[] = [], host?: string) =>
  sendRaw(fake.server.port, {
    method,
    target,
    headers: [
      ["host", host ?? `127.0.0.1:${fake.server.port}`],
      ...headers.map(([name, value]): [string, string] => [name, value]),
    ],
    body: new Uint8Array(),
  });

describe("somebody who wants to know whether the fake listens", () => {
  test.each([
    ["GET", "/", 200],
    ["HEAD", "/", 200],
    ["GET", "/favicon.ico", 204],
    ["HEAD", "/favicon.ico", 204],
  ])("is answered for %s %s with %d, and is no exchange", async (method, target, status) => {
    const before = fake.core.journal.total;
    const reply = await ask(method, target);

    expect(reply.status).toBe(status);
    expect(reply.body === "").toBe(method === "HEAD" || status === 204);
    expect(fake.core.journal.total).toBe(before);
  });

  test.each(["fake", "fake:4242", "10.0.0.1:8080", "localhost"])("may call it %s", async (host) => {
    const before = fake.core.journal.total;

    expect((await ask("GET", "/", [], host)).status).toBe(200);
    expect(fake.core.journal.total).toBe(before);
  });

  test.each<readonly [string, string, readonly (readonly [string, string])[], string]>([
    ["HEAD", "/api/hello", [], "127.0.0.1"],
    ["GET", "/index.html", [], "127.0.0.1"],
    ["GET", "/favicon.ico?1", [], "127.0.0.1"],
    ["GET", "/?x=1", [], "127.0.0.1"],
    ["GET", "//", [], "127.0.0.1"],
    ["OPTIONS", "/", [], "127.0.0.1"],
    ["DELETE", "/favicon.ico", [], "127.0.0.1"],
    ["GET", "/", [["x-api-key", WORKSPACE_KEY]], "127.0.0.1"],
    ["GET", "/", [["authorization", "Bearer key"]], "127.0.0.1"],
    ["HEAD", "/", [["authorization", "Basic key"]], "127.0.0.1"],
    ["GET", "/", [], "aws-external-anthropic.us-east-1.api.aws"],
    ["GET", "/", [], "bedrock-runtime.us-east-1.amazonaws.com:443"],
    ["GET", "/", [], "oidc.us-east-1.amazonaws.com:443"],
    ["GET", "/", [], "169.254.169.254"],
  ])("does not ask %s %s with %j of %s: that is an exchange", async (method, target, headers, host) => {
    const before = fake.core.journal.total;
    await ask(method, target, headers, host);

    expect(fake.core.journal.total).toBe(before + 1);
  });
});

describe("the page at /", () => {
  test("says what this is, and leads to places that exist", async () => {
    const { body, headers } = await ask("GET", "/");
    const links = [...body.matchAll(/ href="(\/[^"]*)"/g)].map(([, href = ""]) => href);

    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toContain("stands in for Claude Platform on AWS and Amazon Bedrock");
    expect(links).toEqual(["/_fake/report?format=html", "/_fake/journal", "/_fake/rules"]);
    for (const link of links) expect((await ask("GET", link)).status).toBe(200);
  });

  test("runs no script, stands in no frame, loads nothing, and repeats nothing that was sent", async () => {
    const { body, headers } = await ask("GET", "/", [["user-agent", "<b>hello</b>"]], "<i>host");

    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(body).not.toMatch(/<script|<i>|<b>|\bsrc=|\son\w+=/i);
    expect(new TextEncoder().encode(body).length).toBeLessThan(4096);
  });
});
