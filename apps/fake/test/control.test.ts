import { describe, expect, test } from "vitest";
import { sendRaw } from "./support/raw-http.ts";
import { GOOD, sign, withHeader } from "./support/requests.ts";
import { SESSION_CREDENTIALS, startFake, WORKSPACE_KEY } from "./support/start-fake.ts";

const fake = startFake({ maxJournalExchanges: 5, maxJournalBodyBytes: 32 });

const ask = (target: string, headers: [string, string][] = []) =>
  sendRaw(fake.server.port, {
    method: "GET",
    target,
    headers: [["host", `127.0.0.1:${fake.server.port}`], ...headers].filter(
      // A header that is given replaces the one of the same name.
      ([name], index, all) => all.findLastIndex(([other]) => other === name) === index,
    ) as [string, string][],
    body: new Uint8Array(),
  });

describe("/_fake/", () => {
  test("says that it runs", async () => {
    const reply = await ask("/_fake/health");

    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toMatchObject({ status: "ok" });
  });

  test.each([
    ["a name that was bound to this address", "attacker.example"],
    ["another address", "10.0.0.1:4242"],
    ["no name", ""],
  ])("refuses as host %s", async (_, host) => {
    for (const target of ["/_fake/health", "/_fake/journal"]) {
      expect((await ask(target, [["host", host]])).status).toBe(403);
    }
  });

  test.each(["localhost:4242", "127.0.0.1", "[::1]:4242", "LOCALHOST"])("takes %s as host", async (host) => {
    expect((await ask("/_fake/health", [["host", host]])).status).toBe(200);
  });

  test("refuses a foreign origin and takes its own", async () => {
    const own = `http://127.0.0.1:${fake.server.port}`;

    expect((await ask("/_fake/journal", [["origin", "https://attacker.example"]])).status).toBe(403);
    expect((await ask("/_fake/journal", [["origin", "null"]])).status).toBe(403);
    expect((await ask("/_fake/journal", [["origin", own]])).status).toBe(200);
  });

  test("answers a route that it does not have with those that it has", async () => {
    const reply = await ask("/_fake/constructor");

    expect(reply.status).toBe(404);
    expect(JSON.parse(reply.body).error).toContain("GET /_fake/journal");
  });
});

describe("/_fake/journal", () => {
  test("shows what was received, verified and answered", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD.bedrock;
    await sendRaw(port, await sign(request(port), service));
    const { exchanges } = JSON.parse((await ask("/_fake/journal")).body);

    expect(exchanges.at(-1)).toMatchObject({
      provider: "bedrock",
      operation: "InvokeModel",
      wire: "received",
      caller: { kind: "sigv4", accessKeyId: "AKIDEXAMPLE", region: "us-east-1", service: "bedrock" },
      checks: ["body-size", "authentication", "route", "json", "model", "body"].map((check) => ({ check })),
      reply: { status: 200 },
    });
    expect(exchanges.at(-1).request.body).toHaveLength(32);
    expect(exchanges.at(-1).request.bodyBytes).toBe(request(port).body.length);
  });

  test("never shows a secret", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const good = request(port);
    const signed = await sign(good, service, { credentials: SESSION_CREDENTIALS });
    await sendRaw(port, signed);
    // A wrong signature: what was expected is kept, and the session token stands in it.
    await sendRaw(port, { ...signed, target: "/v1/messages?changed=1" });
    const bedrock = await sign(GOOD.bedrock.request(port), "bedrock", { credentials: SESSION_CREDENTIALS });
    await sendRaw(port, {
      ...bedrock,
      target: `${bedrock.target}?X-Amz-Security-Token=${SESSION_CREDENTIALS.sessionToken}`,
    });
    await sendRaw(port, withHeader(good, "x-api-key", WORKSPACE_KEY));
    await sendRaw(port, withHeader(good, "authorization", `Bearer ${WORKSPACE_KEY}`));
    const { body } = await ask("/_fake/journal");

    expect(JSON.parse(body).exchanges).toHaveLength(5);
    expect(body).toContain("x-amz-security-token:[redacted]");
    for (const secret of [WORKSPACE_KEY, SESSION_CREDENTIALS.sessionToken, SESSION_CREDENTIALS.secretAccessKey]) {
      expect(body).not.toContain(secret);
    }
  });

  test("keeps the last exchanges and says how many it dropped", async () => {
    const { port } = fake.server;
    fake.core.journal.reset();
    for (let index = 0; index < 8; index++) {
      const target = `/v1/models/number-${index}`;
      await sendRaw(port, { method: "GET", target, headers: [["host", "127.0.0.1"]], body: new Uint8Array() });
    }
    const journal = JSON.parse((await ask("/_fake/journal")).body);

    expect(journal).toMatchObject({ total: 8, dropped: 3, maxExchanges: 5 });
    expect(journal.exchanges.map((exchange: { request: { target: string } }) => exchange.request.target)).toEqual(
      [3, 4, 5, 6, 7].map((index) => `/v1/models/number-${index}`),
    );
  });
});
