import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatGithubAnnotations } from "../src/report/format-github-annotations.ts";
import { formatReport, type ReportFormat } from "../src/report/format-report.ts";
import { RULES } from "../src/rules/rules.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS } from "../src/server.ts";
import { REPORT } from "./support/example-report.ts";
import { parseXml, type XmlElement } from "./support/parse-xml.ts";
import { GOOD, sign, withBody, withHeader } from "./support/requests.ts";
import { SESSION_CREDENTIALS } from "./support/start-fake.ts";

const golden = (name: string): string => readFileSync(new URL(`golden/${name}`, import.meta.url), "utf8");

describe("formatReport()", () => {
  test.each([
    ["text", "report.txt"],
    ["markdown", "report.md"],
    ["junit", "report.xml"],
  ] as const)("writes %s as in %s", (format, file) => {
    expect(formatReport(REPORT, format)).toBe(golden(file));
  });

  test("writes text of a hundred columns, but for words that are longer", () => {
    for (const line of formatReport(REPORT, "text").split("\n")) {
      expect(line.length <= 100 || line.trim().split(/ +/).length <= 2).toBe(true);
    }
  });

  test("writes text in colour that is the same text", () => {
    const coloured = formatReport(REPORT, "text", { colour: true });

    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001B\[\d+m/g, "")).toBe(formatReport(REPORT, "text"));
    expect(coloured).toContain("\u001B[31mfail\u001B[0m");
  });

  test("writes JSON that is the report", () => {
    expect(JSON.parse(formatReport(REPORT, "json"))).toEqual(REPORT);
  });

  test("writes JUnit XML that is well formed and whose counts are right", () => {
    const root = parseXml(formatReport(REPORT, "junit"));
    const named = ({ children }: XmlElement, name: string): XmlElement[] => children.filter((one) => one.name === name);
    const suites = named(root, "testsuite");

    expect(suites.map(({ attributes }) => attributes["name"])).toEqual(REPORT.clients.map(({ client }) => client));
    for (const suite of suites) {
      const cases = named(suite, "testcase");
      expect(suite.attributes["tests"]).toBe(String(cases.length));
      expect(suite.attributes["failures"]).toBe(String(cases.flatMap((one) => named(one, "failure")).length));
    }
    const warned = suites.flatMap((suite) => named(suite, "testcase")).flatMap((one) => named(one, "system-out"));
    expect(warned.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^warning: "\uFFFD\[31m<x>" names no client/),
    ]);
    expect(root.attributes).toMatchObject({ tests: "4", failures: "1" });
  });

  test.each(["text", "markdown", "junit"] satisfies ReportFormat[])("writes %s of nothing", (format) => {
    const empty = { exchanges: 0, dropped: 0, clients: [], failed: 0, warned: 0, passed: 0 };
    const written = formatReport(empty, format);

    expect(written).toMatch(/\n$/);
    expect(written).not.toContain("undefined");
    if (format === "junit") expect(parseXml(written).children).toEqual([]);
  });
});

describe("formatGithubAnnotations()", () => {
  test("writes an error for what failed and a warning for what is warned about, escaped", () => {
    expect(formatGithubAnnotations(REPORT)).toBe(golden("annotations.txt"));
  });

  test("writes nothing where every rule held", () => {
    expect(formatGithubAnnotations({ ...REPORT, clients: REPORT.clients.slice(0, 1) })).toBe("");
  });
});

const NOW = new Date("2026-11-21T12:00:00Z");

const aws = (userAgent: string) => withHeader(GOOD["anthropic-aws"].request(4242), "user-agent", userAgent);

/** A fake that saw a good client, and a proxy that changed a header after signing. */
async function createExample() {
  const fake = createFakeCore({ now: () => NOW, credentials: [EXAMPLE_CREDENTIALS, SESSION_CREDENTIALS] });
  let maxTokens = 1;
  const send = async (userAgent: string, change?: readonly [name: string, value: string]): Promise<void> => {
    // Other bodies, so that none is a retry.
    const request = withBody(aws(userAgent), { max_tokens: maxTokens++ });
    const signed = await sign(request, "aws-external-anthropic", { date: NOW });
    await fake.handle({ ...(change === undefined ? signed : withHeader(signed, ...change)), wire: "received" });
  };
  await send("claude-cli/2.1.329 (external, sdk-cli)");
  await send("my-proxy/1.0");
  await send("my-proxy/1.0", ["content-type", "application/json; charset=utf-8"]);
  await send("my-proxy/1.0", ["content-type", "application/json; charset=utf-8"]);
  return fake;
}

describe("report()", () => {
  test("adds up what was found by client and rule, with the first that failed", async () => {
    const fake = await createExample();
    const report = fake.report();
    const { exchanges } = fake.journal.snapshot();

    expect(report).toMatchObject({ exchanges: 4, dropped: 0, failed: 1, warned: 0 });
    expect(report.clients.map(({ client, exchanges: count }) => [client, count])).toEqual([
      ["claude-cli/2.1.329", 1],
      ["my-proxy/1.0", 3],
    ]);
    expect(report.clients[0]?.rules.every(({ broken, passed }) => broken === 0 && passed === 1)).toBe(true);
    expect(report.clients[1]?.rules.filter(({ broken }) => broken > 0)).toEqual([
      {
        rule: "sigv4-headers-as-sent",
        group: "authentication",
        level: "fail",
        what: RULES.find(({ id }) => id === "sigv4-headers-as-sent")?.what,
        source: RULES.find(({ id }) => id === "sigv4-headers-as-sent")?.source,
        passed: 1,
        broken: 2,
        first: {
          exchange: exchanges[2]?.id,
          request: "POST /v1/messages",
          message: expect.stringContaining("changed after signing"),
          fix: expect.any(String),
          diagnosis: [expect.objectContaining({ code: "HEADER_REWRITTEN" })],
        },
      },
    ]);
    expect(report.passed).toBe(report.clients.reduce((sum, { rules }) => sum + rules.length, 0) - 1);
  });

  test("explains by a wrong signature no rule that is about something else", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const signed = await sign(aws("a/1"), "aws-external-anthropic", { date: NOW });
    const request = withHeader(signed, "content-type", "application/json, application/json");
    await fake.handle({ ...request, wire: "received" });
    const rules = fake.report().clients[0]?.rules ?? [];
    const first = (id: string) => rules.find(({ rule }) => rule === id)?.first;

    expect(first("sigv4-headers-as-sent")?.diagnosis).toHaveLength(1);
    expect(first("content-type-json")).toMatchObject({ fix: expect.stringContaining("Set it once"), diagnosis: [] });
  });

  test("lists the rules in the order of the table", async () => {
    const order = RULES.map(({ id }) => id);
    for (const { rules } of (await createExample()).report().clients) {
      const places = rules.map(({ rule }) => order.indexOf(rule));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test("claims nothing that needs the wire of a request that was reconstructed", async () => {
    const fake = createFakeCore({ now: () => NOW });
    const signed = await sign(aws("a/1"), "aws-external-anthropic", { date: NOW });
    await fake.handle({ ...signed, wire: "reconstructed" });
    const judged = new Set(fake.report().clients[0]?.rules.map(({ rule }) => rule));

    expect(judged.has("sigv4-host-signed")).toBe(true);
    expect(RULES.filter(({ id, needsWire }) => needsWire === true && judged.has(id))).toEqual([]);
  });

  test("says nothing of what was not reached", async () => {
    const fake = createFakeCore({ now: () => NOW });
    await fake.handle({ ...aws("a/1"), wire: "received" });
    const rules = fake.report().clients[0]?.rules.map(({ rule }) => rule) ?? [];

    expect(rules).toContain("authentication-present");
    for (const unreached of ["authentication-once", "sigv4-host-signed", "workspace-id-known", "route-known"]) {
      expect(rules).not.toContain(unreached);
    }
  });

  test.each(["text", "json", "junit", "markdown"] satisfies ReportFormat[])("shows no secret as %s", async (format) => {
    const fake = createFakeCore({ now: () => NOW, credentials: [EXAMPLE_CREDENTIALS, SESSION_CREDENTIALS] });
    const secrets = [
      EXAMPLE_CREDENTIALS.secretAccessKey,
      SESSION_CREDENTIALS.secretAccessKey,
      SESSION_CREDENTIALS.sessionToken ?? "",
      "a-key-that-is-not-configured",
      `sk-ant-${"api03"}-${"y".repeat(40)}`,
    ];
    for (const secret of secrets) {
      for (const header of [
        "user-agent",
        "accept",
        "anthropic-version",
        "anthropic-workspace-id",
        "x-my",
        "content-type",
      ]) {
        const request = withHeader(withHeader(aws("a/1"), header, secret), "x-api-key", "a-key-that-is-not-configured");
        const target = `/v1/messages/${encodeURIComponent(secret)}?key=${encodeURIComponent(secret)}&q=${secret}`;
        const credentials = SESSION_CREDENTIALS;
        const signed = await sign({ ...request, target }, "aws-external-anthropic", { date: NOW, credentials });
        await fake.handle({ ...signed, wire: "received" });
        await fake.handle({ ...withHeader(signed, header, `${secret} `), wire: "received" });
        const keyed = withHeader(request, "cookie", secret);
        await fake.handle({ ...keyed, body: new TextEncoder().encode(`{"model":"${secret}"}`), wire: "received" });
      }
    }
    const written = [formatReport(fake.report(), format), JSON.stringify(fake.journal.snapshot())];
    written.push(formatGithubAnnotations(fake.report()));

    for (const text of written) {
      for (const secret of secrets) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(encodeURIComponent(secret));
      }
    }
  });
});

test("no report begins a line with what a CI runner takes for a command, nor turns one around", async () => {
  const fake = createFakeCore();
  for (const agent of ["::error::x/1", "\u202E/1", "a##[group]/1"]) {
    await fake.handle({
      method: "POST",
      target: "/v1/messages",
      headers: [
        ["host", "127.0.0.1"],
        ["user-agent", agent],
      ],
      httpVersion: "1.1",
      body: new Uint8Array(),
      wire: "received",
    });
  }
  for (const format of ["text", "markdown"] as const) {
    const text = formatReport(fake.report(), format);
    if (format === "text") expect(text).not.toMatch(/^\s*::|##\[/m);
    expect(text).not.toContain("\u202E");
  }
});
