import { hide } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { CONTROL_ROUTES } from "../src/control/answers.ts";
import { RULES } from "../src/rules/rules.ts";
import { sendRaw } from "./support/raw-http.ts";
import { GOOD, sign, withHeader } from "./support/requests.ts";
import { createFakeCore, serve } from "../src/server.ts";
import { serveForFile, SESSION_CREDENTIALS, startFake, WORKSPACE_KEY } from "./support/start-fake.ts";

const fake = startFake({ maxJournalExchanges: 5, maxJournalBodyBytes: 32, maxDiagnosesPerSecond: 1000 });

const ask = (target: string, headers: [string, string][] = [], method = "GET", { port } = fake.server) =>
  sendRaw(port, {
    method,
    target,
    headers: [["host", `127.0.0.1:${port}`], ...headers].filter(
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
    for (const { method, path } of CONTROL_ROUTES) {
      expect((await ask(path, [["host", host]], method)).status).toBe(403);
    }
  });

  test.each(["localhost:4242", "127.0.0.1", "[::1]:4242", "LOCALHOST"])("takes %s as host", async (host) => {
    expect((await ask("/_fake/health", [["host", host]])).status).toBe(200);
  });

  test("refuses a foreign origin and takes its own", async () => {
    const own = `http://127.0.0.1:${fake.server.port}`;

    for (const origin of ["https://attacker.example", "null", own.replace("http:", "https:")]) {
      for (const { method, path } of CONTROL_ROUTES) {
        expect((await ask(path, [["origin", origin]], method)).status).toBe(403);
      }
    }
    expect((await ask("/_fake/journal", [["origin", own]])).status).toBe(200);
  });

  test("answers HEAD like GET, without the body", async () => {
    for (const target of ["/_fake/health", "/_fake/rules"]) {
      const [head, get] = [await ask(target, [], "HEAD"), await ask(target)];

      expect(head).toMatchObject({ status: 200, body: "" });
      expect(head.headers["content-type"]).toBe(get.headers["content-type"]);
    }
    expect((await ask("/_fake/reset", [], "HEAD")).status).toBe(404);
  });

  test("answers a route that it does not have with those that it has", async () => {
    for (const target of ["/_fake/constructor", "/_fake/reset", "/_fake/exchanges/", "/_fake/exchanges/a/b"]) {
      const reply = await ask(target);

      expect(reply.status).toBe(404);
      for (const { method, path } of CONTROL_ROUTES) {
        expect(JSON.parse(reply.body).error).toContain(`${method} ${path}`);
      }
    }
  });
});

describe("/_fake/ where others can reach it", () => {
  const open = serveForFile(createFakeCore(), { host: "0.0.0.0" });
  const inFront = serveForFile(createFakeCore(), { allowedHosts: ["Fake.example"], controlToken: "not needed here" });

  test("answers nobody without the token, and says so", async () => {
    const token = open.server.controlToken ?? "";
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const { method, path } of CONTROL_ROUTES) {
      for (const shown of ["", token.slice(1), `${token}x`, token.toUpperCase()]) {
        for (const reply of [
          await ask(path, [["authorization", `Bearer ${shown}`]], method, open.server),
          await ask(`${path}?token=${shown}`, [["host", "10.0.0.1:4242"]], method, open.server),
        ]) {
          expect(reply.status).toBe(401);
          expect(reply.headers["www-authenticate"]).toBe("Bearer");
          expect(reply.body).toContain("Authorization: Bearer TOKEN");
          expect(reply.body).not.toContain(token);
        }
      }
    }
  });

  test("answers whoever shows it, but not under a foreign name", async () => {
    const token = open.server.controlToken ?? "";
    for (const { method, path } of CONTROL_ROUTES) {
      for (const [target, headers] of [
        [path, [["authorization", `Bearer ${token}`]]],
        [`${path}?token=${token}`, []],
      ] as [string, [string, string][]][]) {
        expect((await ask(target, headers, method, open.server)).status).toBe(path.includes("{") ? 404 : 200);
        expect((await ask(target, [...headers, ["host", "a.example"]], method, open.server)).status).toBe(403);
      }
    }
  });

  test("has a token of its own at each start, or the one that it is given, and none on loopback", async () => {
    const servers = [
      await serve(createFakeCore(), { port: 0, host: "0.0.0.0" }),
      await serve(createFakeCore(), { port: 0, host: "0.0.0.0", controlToken: "given" }),
    ];
    await Promise.all(servers.map((server) => server.close()));
    const tokens = [...servers, open.server].map(({ controlToken }) => controlToken);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens).toContain("given");
    expect([fake.server.controlToken, inFront.server.controlToken]).toEqual([undefined, undefined]);
  });

  test("takes the names that are allowed in front of it, with whatever scheme they are reached", async () => {
    for (const [host, origin, status] of [
      ["fake.example", "https://fake.example", 200],
      ["FAKE.example:8443", "http://FAKE.example:8443", 200],
      ["fake.example", "https://other.example", 403],
      ["a.fake.example", "https://a.fake.example", 403],
      ["fake.example.other", "https://fake.example.other", 403],
    ] as const) {
      const headers: [string, string][] = [
        ["host", host],
        ["origin", origin],
      ];
      expect((await ask("/_fake/journal", headers, "GET", inFront.server)).status).toBe(status);
      expect((await ask("/_fake/journal", headers)).status).toBe(403);
    }
  });
});

test("whatever /_fake/ answers can be framed by nobody, and sends nothing elsewhere", async () => {
  for (const target of [
    "/_fake/report?format=html",
    "/_fake/report",
    "/_fake/journal",
    "/_fake/none",
    "/_fake/health",
  ]) {
    const { headers } = await ask(target);
    expect(headers["content-security-policy"]).toBe("frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
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
      checks: ["body-size", "authentication", "route", "content-type", "json", "model", "body", "capabilities"].map(
        (check) => ({
          check,
        }),
      ),
      reply: { status: 200 },
    });
    expect(exchanges.at(-1).request.body).toHaveLength(32);
    expect(exchanges.at(-1).request.bodyBytes).toBe(request(port).body.length);
  });

  test("never shows a secret", async () => {
    const { port } = fake.server;
    fake.core.journal.reset();
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
    expect(body).toContain(`x-amz-security-token:${hide(SESSION_CREDENTIALS.sessionToken ?? "")}`);
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

    expect(journal).toMatchObject({ total: 8, dropped: 3, droppedRefused: 3, maxExchanges: 5 });
    expect(journal.exchanges.map((exchange: { request: { target: string } }) => exchange.request.target)).toEqual(
      [3, 4, 5, 6, 7].map((index) => `/v1/models/number-${index}`),
    );
  });
});

/** Three good requests of one client, two that are refused of another. */
async function sendFive(): Promise<void> {
  const { port } = fake.server;
  fake.core.journal.reset();
  const { request, service } = GOOD["anthropic-aws"];
  const good = await sign(withHeader(request(port), "user-agent", "good/1.0"), service);
  const bad = await sign(withHeader(request(port), "user-agent", "bad/2.0"), service);
  for (const sent of [good, bad, good, bad, good]) {
    await sendRaw(port, sent === bad ? withHeader(bad, "content-type", "text/plain") : good);
  }
}

describe("/_fake/journal with a query", () => {
  test.each([
    ["limit=2", ["bad/2.0", "good/1.0"]],
    ["limit=0", []],
    ["client=good", ["good/1.0", "good/1.0", "good/1.0"]],
    ["failed=true", ["bad/2.0", "bad/2.0"]],
    ["failed=false&limit=1", ["good/1.0"]],
    ["failed=true&client=good", []],
  ])("%s picks", async (query, clients) => {
    await sendFive();
    const journal = JSON.parse((await ask(`/_fake/journal?${query}`)).body);

    expect(journal.exchanges.map(({ client }: { client: string }) => client)).toEqual(clients);
    expect(journal.total).toBe(5);
  });

  test.each(["limit=all", "limit=-1", "failed=maybe"])("%s is refused", async (query) => {
    expect((await ask(`/_fake/journal?${query}`)).status).toBe(400);
  });
});

describe("/_fake/exchanges/{id}", () => {
  test("shows everything about one exchange: findings, diagnosis and what should have been signed", async () => {
    await sendFive();
    const id = fake.core.journal.snapshot().exchanges.find(({ client }) => client === "bad/2.0")?.id;
    const reply = await ask(`/_fake/exchanges/${id}`);
    const entry = JSON.parse(reply.body);

    expect(reply.status).toBe(200);
    expect(entry).toMatchObject({
      id,
      client: "bad/2.0",
      diagnosis: [{ code: "HEADER_REWRITTEN" }],
      reply: { status: 401 },
    });
    expect(entry.findings).toContainEqual(expect.objectContaining({ rule: "sigv4-headers-as-sent", level: "fail" }));
    const { fault } = entry.checks.find(({ check }: { check: string }) => check === "authentication");
    expect(fault.details.canonicalRequest).toContain("content-type:text/plain");
  });

  test("answers an exchange that it does not have with 404", async () => {
    expect((await ask("/_fake/exchanges/01234567-89ab-cdef-0123-456789abcdef")).status).toBe(404);
  });
});

describe("/_fake/report", () => {
  test.each([
    ["json", "application/json", /^\{\n {2}"exchanges": 5/],
    ["text", "text/plain; charset=utf-8", /^good\/1\.0: 3 exchanges/],
    ["junit", "application/xml", /^<\?xml /],
    ["html", "text/html; charset=utf-8", /^<!doctype html>/i],
    ["markdown", "text/markdown; charset=utf-8", /^## ❌ Conformance/],
  ])("is written as %s where the query or the client asks for it", async (format, mediaType, beginning) => {
    await sendFive();
    const accepted = mediaType.split(";", 1)[0] ?? "";
    for (const reply of [
      await ask(`/_fake/report?format=${format}`),
      await ask("/_fake/report", [["accept", `image/png, ${accepted};q=0.9, */*`]]),
    ]) {
      expect(reply.status).toBe(200);
      expect(reply.headers["content-type"]).toBe(mediaType);
      expect(reply.body).toMatch(beginning);
    }
  });

  test("is JSON where nobody asks, and no other form", async () => {
    expect((await ask("/_fake/report")).headers["content-type"]).toBe("application/json");
    const reply = await ask("/_fake/report?format=yaml");
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body).error).toContain("json, text, junit, markdown, html");
  });
});

describe("/_fake/rules", () => {
  test("shows the table", async () => {
    const { rules } = JSON.parse((await ask("/_fake/rules")).body);

    expect(rules.map(({ id }: { id: string }) => id)).toEqual(RULES.map(({ id }) => id));
    expect(Object.keys(rules[0])).toEqual(["id", "group", "what", "level", "fix", "source", "needsWire"]);
  });
});

describe("/_fake/reset", () => {
  test("forgets the exchanges, without a body", async () => {
    await sendFive();
    const reply = await ask("/_fake/reset", [], "POST");

    expect(reply.status).toBe(200);
    expect(JSON.parse((await ask("/_fake/journal")).body)).toMatchObject({ exchanges: [], total: 0, dropped: 0 });
  });
});
