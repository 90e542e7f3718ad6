import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../src/judge/journal-entry.ts";
import { formatHtmlReport } from "../src/report/html/format-html-report.ts";
import { escapeText } from "../src/text/markup.ts";
import { EXAMPLE_CREDENTIALS } from "../src/server.ts";
import { reportExchanges } from "./support/html-report-exchanges.ts";
import { GOOD, sign, withHeader } from "./support/requests.ts";
import { SESSION_CREDENTIALS, WORKSPACE_KEY } from "./support/start-fake.ts";

const data = await reportExchanges();
const page = formatHtmlReport(data);

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found ?? "");

/** The element of an exchange in the list. */
const itemOf = (text: string, place: number): string => {
  const start = text.lastIndexOf("<li", text.indexOf(`id="x${place}"`));
  return text.slice(start, text.indexOf("</article>", start));
};

describe("formatHtmlReport()", () => {
  test("writes a page that asks for nothing from elsewhere", () => {
    expect(page).toMatch(/^<!doctype html> <html lang="en">/);
    expect(all(page, /\s(src|srcset|style|on\w+)=/g)).toEqual([]);
    expect(page).not.toMatch(/@import|url\(/);
    expect(all(page, /<(\w+)[^>]* href="(?!#)/g).filter((name) => name !== "a")).toEqual(["link"]);
    expect(all(page, /<link[^>]* href="([^"]*)"/g)).toEqual(["data:,"]);
  });

  test.each(["style", "script"])("allows its own %s and no other", (name) => {
    const content = page.slice(page.indexOf(`<${name}>`) + name.length + 2, page.indexOf(`</${name}>`));
    const policy = all(page, /Content-Security-Policy" content="([^"]*)"/g)[0] ?? "";

    expect(policy).toMatch(/^default-src &#39;none&#39;;/);
    expect(policy).toContain(`${name}-src &#39;sha256-${createHash("sha256").update(content).digest("base64")}&#39;`);
    expect(page.split(`<${name}`)).toHaveLength(2);
  });

  test("has one first heading, and skips no level", () => {
    const levels = all(page, /<h([1-6])/g).map(Number);

    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  });

  test("has each ID once, and a target for every link into the page", () => {
    const ids = all(page, /\sid="([^"]*)"/g);

    expect(new Set(ids).size).toBe(ids.length);
    expect(all(page, /href="#([^"]*)"/g).filter((target) => !ids.includes(target))).toEqual([]);
    expect(all(page, /aria-labelledby="([^"]*)"/g).filter((target) => !ids.includes(target))).toEqual([]);
  });

  test("sums up what the report says", () => {
    const { exchanges, clients, failed, warned, passed } = data.report;

    expect(all(page, /<dt>([\w ]+)<\/dt> <dd>\d/g)).toEqual([
      "Exchanges",
      "Clients",
      "Rules failed",
      "Rules warned",
      "Rules passed",
    ]);
    expect(all(page, /<dd>(\d+)<\/dd>/g).map(Number)).toEqual([exchanges, clients.length, failed, warned, passed]);
    for (const { client } of clients) expect(page).toContain(`<h3><code>${client}</code></h3>`);
  });

  test("shows every broken rule with what was found, the fix, and a link to the first exchange", () => {
    const broken = data.report.clients.flatMap(({ rules }) => rules.flatMap(({ first }) => first ?? []));

    expect(broken).toHaveLength(6);
    for (const { message, fix, exchange } of broken) {
      const place = data.exchanges.findIndex(({ id }) => id === exchange) + 1;
      expect(page).toContain(`<dd>${escapeText(message)}</dd>`);
      expect(page).toContain(`<dd class="fix">${escapeText(fix)}</dd>`);
      expect(page).toContain(`<a href="#x${place}">Exchange ${place}: `);
    }
  });

  test("leads from failure to failure", () => {
    const failures = data.exchanges.flatMap(({ findings }, index) =>
      findings.some(({ level }) => level === "fail") ? [index + 1] : [],
    );

    expect(failures).toHaveLength(5);
    expect(page).toContain(`<a class="skip" href="#x${failures[0]}">Skip to the first failure</a>`);
    for (const [index, place] of failures.entries()) {
      const links = all(itemOf(page, place), /<a href="#(x\d+|summary)">/g);
      const around = [failures[index - 1], failures[index + 1]].filter((found) => found !== undefined);
      expect(links).toEqual([...around.map((found) => `x${found}`), "summary"]);
    }
  });

  test("puts the canonical requests side by side, and marks what differs with a sign and a word", () => {
    const item = itemOf(page, 4);

    expect(item).toContain("1 of 9 parts differs: path");
    expect(item.split("≠</i> differs")).toHaveLength(2);
    expect(item).toContain("/model/us.anthropic.claude-sonnet-4-5-20250929-v1%<mark>25</mark>3A0/invoke");
    expect(item).toContain("Percent-encode each segment of the wire path once more");
    expect(item).toContain("String to sign that was expected");
  });

  test("says so where nobody knows what was signed", () => {
    const exchanges = data.exchanges.map((entry) => withoutSigned(entry));
    const item = itemOf(formatHtmlReport({ ...data, exchanges }), 4);

    expect(item).toContain("What the client signed instead was not found.");
    expect(item).not.toContain("differs");
  });

  test("says so where nothing was seen", () => {
    const report = { exchanges: 0, dropped: 0, clients: [], failed: 0, warned: 0, passed: 0 };
    const empty = formatHtmlReport({ report, exchanges: [], generatedAt: data.generatedAt });

    expect(empty).toContain('<h2 id="summary" tabindex="-1">No exchange was seen</h2>');
    expect(empty).not.toContain('href="#x');
  });

  test("lists the hosts that a proxy refused, escaped, and has no such section without them", () => {
    const refusedHosts = [
      { host: "telemetry.example.com:443", count: 1200 },
      { host: "<img src=x>\u202E:443", count: 1 },
      { host: "*", count: 7 },
    ];
    const text = formatHtmlReport({ ...data, report: { ...data.report, refusedHosts } });
    const section = text.slice(text.indexOf('<section class="refused"'), text.indexOf('<section class="clients"'));

    expect(
      all(section, /<li>(.*?)<\/li>/g).map((row) => row.replaceAll(/<\/?(?:code|span|i)[^>]*>/g, "").trim()),
    ).toEqual(["telemetry.example.com:443 1,200 ×", "&lt;img src=x&gt;U+202E:443 1 ×", "Others 7 ×"]);
    expect(page).not.toContain('class="refused"');
  });

  test("lists hosts to which a client connected without asking anything, and why", () => {
    const silentHosts = [{ host: "bedrock.us-east-1.amazonaws.com:443", count: 3 }];
    const text = formatHtmlReport({ ...data, report: { ...data.report, silentHosts } });

    expect(text).toContain("Hosts to which a client connected, and sent no request</h2>");
    expect(text).toContain("<code>bedrock.us-east-1.amazonaws.com:443</code>");
    expect(text).toContain("Most likely it did not trust the certificate");
    expect(page).not.toContain("sent no request");
  });

  test("names 101 refused hosts, and says how many more there were", () => {
    const refusedHosts = Array.from({ length: 150 }, (_, index) => ({ host: `host-${index}:443`, count: 1 }));
    const text = formatHtmlReport({ ...data, report: { ...data.report, refusedHosts } });

    expect(all(text, /<li> <code>(host-\d+:443)<\/code>/g)).toHaveLength(101);
    expect(text).toContain("49 hosts more are not shown.");
  });

  test("says that exchanges were dropped", () => {
    const report = { ...data.report, dropped: 7 };

    expect(formatHtmlReport({ ...data, report })).toContain("7 exchanges could not be judged");
  });
});

const withoutSigned = (entry: JournalEntry): JournalEntry => ({
  ...entry,
  checks: entry.checks.map(({ check, fault }) => {
    const { signedCanonicalRequest: _signed, ...details } = fault?.details ?? {};
    return { check, ...(fault === undefined ? {} : { fault: { ...fault, details } }) };
  }),
});

describe("formatHtmlReport() with what a hostile client sends", async () => {
  const hostile = `</script></style><img src=x onerror=alert(1)>"'&\u202Eevil\u0007\u0000`;
  const { request, service } = GOOD["anthropic-aws"];
  const base = withHeader(request(8787), "user-agent", `</code><script>${hostile}`);
  const signed = await sign(base, service, { date: new Date(Date.UTC(2026, 10, 21)) });
  const sent = [
    { ...signed, target: `/v1/messages/${hostile}?a=${hostile}`, method: `POST${hostile}` },
    withHeader(signed, "anthropic-workspace-id", hostile),
    { ...withHeader(signed, "x-amz-date", hostile), body: new TextEncoder().encode(hostile) },
    { ...signed, headers: [...signed.headers, [hostile, hostile] as const] },
  ];
  const made = await reportExchanges(0, sent);
  const text = formatHtmlReport(made);

  test("escapes all of it", () => {
    expect(text).not.toContain("<img");
    expect(text.split("<script")).toHaveLength(2);
    expect(text.split("</style")).toHaveLength(2);
    expect(text).toContain("&lt;/script&gt;&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
  });

  test("shows controls and marks of direction", () => {
    expect(text).toContain('<i class="unseen">U+202E</i>evil<i class="unseen">U+0007</i><i class="unseen">U+0000</i>');
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("lists every exchange all the same", () => {
    expect(made.exchanges).toHaveLength(sent.length);
    expect(all(text, /<h3 id="x(\d+)"/g)).toEqual(["1", "2", "3", "4"]);
  });
});

describe("formatHtmlReport() with secrets in the requests", async () => {
  const { request, service } = GOOD["anthropic-aws"];
  const options = { credentials: SESSION_CREDENTIALS, date: new Date(Date.UTC(2026, 10, 21, 9, 30)) };
  const inSession = await sign(request(8787), service, options);
  const withKey = withHeader(request(8787), "x-api-key", WORKSPACE_KEY);
  const made = await reportExchanges(0, [
    inSession,
    { ...inSession, method: "PUT" },
    withHeader(inSession, "x-amz-security-token", "another-token-that-nobody-knows"),
    withKey,
    { ...withKey, target: `/v1/messages?api_key=${WORKSPACE_KEY}` },
    withHeader(withKey, "anthropic-workspace-id", EXAMPLE_CREDENTIALS.secretAccessKey),
    withHeader(request(8787), "authorization", `Bearer ${WORKSPACE_KEY}`),
  ]);
  const text = formatHtmlReport(made);

  test.each([
    ["secret access key", EXAMPLE_CREDENTIALS.secretAccessKey],
    ["secret access key of a session", SESSION_CREDENTIALS.secretAccessKey],
    ["session token", SESSION_CREDENTIALS.sessionToken ?? ""],
    ["unknown session token", "another-token-that-nobody-knows"],
    ["API key", WORKSPACE_KEY],
  ])("holds no %s", (_, secret) => {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
    expect(text).toMatch(/‹\d+ characters #[0-9a-f]{4}›/);
  });
});

describe("formatHtmlReport() within limits", () => {
  test("lists failures first where there are more exchanges than maxExchanges", () => {
    const text = formatHtmlReport({ ...data, maxExchanges: 6 });

    expect(text).toContain("6 of 15 exchanges.");
    expect(all(text, /<li class="(fail|warn|pass)"/g).toSorted()).toEqual([...Array(5).fill("fail"), "pass"]);
  });

  test("shows maxDetailed exchanges in full, and the others in one line", () => {
    const text = formatHtmlReport({ ...data, maxDetailed: 2 });

    expect(all(text, /<h3 id="x(\d+)"/g)).toEqual(["4", "7"]);
    expect(text).toContain("15 of 15 exchanges, 2 of them in full");
    expect(all(text, /<li class="(fail)"/g)).toHaveLength(5);
  });

  test("shows maxClients clients, those that failed first", () => {
    const text = formatHtmlReport({ ...data, maxClients: 1 });

    expect(all(text, /<h3><code>([^<]*)/g)).toEqual(["acme-gateway/0.3.0"]);
    expect(text).toContain("3 clients more are not shown.");
  });

  test("cuts a text that is longer than maxTextLength", () => {
    const text = formatHtmlReport({ ...data, maxTextLength: 40 });

    expect(itemOf(text, 4)).toMatch(
      /AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/<i class="cut">… \d+ more characters<\/i>/,
    );
  });

  test.each([0, 20_000, 60_000, 120_000])("stays within maxPageBytes of %d beside its frame", (maxPageBytes) => {
    const frame = Buffer.byteLength(
      formatHtmlReport({ ...data, report: { ...data.report, clients: [] }, exchanges: [] }),
    );
    const text = formatHtmlReport({ ...data, maxPageBytes });

    expect(Buffer.byteLength(text)).toBeLessThan(maxPageBytes + frame + 2000);
    expect(text).toContain("Conformance report");
  });
});
