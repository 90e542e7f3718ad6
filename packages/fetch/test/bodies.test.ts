import { soakProperty } from "@claude-on-aws/fixtures";
import { asyncProperty, assert, constantFrom, json, record, string, tuple, array } from "fast-check";
import { describe, expect, test } from "vitest";
import { BODY, MESSAGES, post, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const last = () => upstream.received.at(-1);
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe("the body of a request", () => {
  test("arrives byte for byte, but for the ranges that are reported", async () => {
    const models = ["claude-opus-5-5", "opus", "sonnet[1m]", "my-own-model", "caf\u00e9", "\u{1F600}"] as const;
    const spaces = constantFrom("", " ", "\n\t", "  \r\n");
    const members = array(tuple(string({ unit: "grapheme" }), json(), spaces, spaces), { maxLength: 5 });
    const bodies = record({
      model: constantFrom(...models),
      before: members,
      after: members,
      escaped: constantFrom(true, false),
    });
    const reported: unknown[] = [];
    const fetch = upstream.fetch({ onTranslate: ({ translations }) => reported.push(...translations) });
    const arrives = asyncProperty(bodies, async ({ model, before, after, escaped }) => {
      const others = (given: typeof before): string =>
        given
          .filter(([name]) => !/^(?:model|stream|max_tokens)$/i.test(name))
          .map(([name, value, left, right]) => `${left}${JSON.stringify(name)}${right}:${left}${value}${right},`)
          .join("");
      const key = escaped ? '"\\u006dodel"' : '"model"';
      const body = `{${others(before)}${key}: ${JSON.stringify(model)} ,${others(after)} "max_tokens":1}`;
      const sent = new TextEncoder().encode(body);
      reported.length = 0;
      const { status, headers } = await fetch(MESSAGES, post(body));
      expect(status).toBe(200);
      const received = last()?.body ?? new Uint8Array();
      const changes = reported as {
        readonly subject: string;
        readonly before: string;
        readonly after: string;
        readonly range: { start: number; end: number } | null;
      }[];
      expect(headers.has("x-claude-on-aws-translations")).toBe(changes.length > 0);
      const [change] = changes.filter(({ range }) => range !== null);
      if (change === undefined || change.range === null) {
        expect(Buffer.from(received).equals(sent)).toBe(true);
        return;
      }
      const { start, end } = change.range;
      expect(change).toMatchObject({ subject: "body.model", before: model });
      expect(JSON.parse(text(received.subarray(start, end)))).toBe(change.after);
      const given = new TextEncoder().encode(JSON.stringify(model));
      const restored = Buffer.concat([received.subarray(0, start), given, received.subarray(end)]);
      expect(restored.equals(sent)).toBe(true);
    });
    await assert(arrives, soakProperty(10_000, 400));
  });

  test.each([
    ["bytes", new TextEncoder().encode(BODY)],
    ["a stream", new Blob([BODY]).stream()],
    ["a Blob", new Blob([BODY])],
  ])("may be %s", async (_, body) => {
    const response = await upstream.fetch()(MESSAGES, {
      ...post(""),
      body: body as BodyInit,
      duplex: "half",
    } as RequestInit);

    expect(response.status).toBe(200);
    expect(text(last()?.body)).toBe(BODY);
    expect(last()?.headers["content-length"]).toBe(String(BODY.length));
  });

  test("may be in a Request", async () => {
    const response = await upstream.fetch()(new Request(`${MESSAGES}?beta=true`, post(BODY)));

    expect(response.status).toBe(200);
    expect([last()?.target, text(last()?.body)]).toEqual(["/v1/messages?beta=true", BODY]);
  });

  test.each([
    ["BODY_KEY_REPEATED", 400, '{"model":"a","mod\\u0065l":"b"}'],
    ["BODY_KEY_MISSPELLED", 400, '{"Model":"a"}'],
    ["BODY_MALFORMED", 400, "no"],
    ["BODY_TOO_LARGE", 413, `{"model":"${"a".repeat(2000)}"}`],
  ])("is refused with %s, in the form of the Messages API", async (code, status, body) => {
    const seen = upstream.received.length;
    const response = await upstream.fetch({ maxBodyBytes: 1000 })(MESSAGES, post(body));

    expect(response.status).toBe(status);
    expect(response.headers.get("x-claude-on-aws-refusal")).toBe(code);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(await response.json()).toMatchObject({
      type: "error",
      error: { message: expect.stringMatching(/^Cannot /) },
    });
    expect(upstream.received.length).toBe(seen);
  });

  test("is held as long as the request is under way, and counted over all of them", async () => {
    const fetch = upstream.fetch({ maxBodyBytesInFlight: 150 });
    const answers = await Promise.all([fetch(MESSAGES, post(BODY)), fetch(MESSAGES, post(BODY))]);
    const again = await fetch(MESSAGES, post(BODY));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 529]);
    expect(again.status).toBe(200);
  });

  test("that is an upload goes through as it comes, outside of the signature", async () => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(200_000).fill(7)]), "a.bin");
    const response = await upstream.fetch({ maxBodyBytes: 1000 })("https://api.anthropic.com/v1/files", {
      method: "POST",
      body: form,
    });

    expect(response.status).toBe(200);
    expect(last()?.body.length).toBeGreaterThan(200_000);
    expect(last()?.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD");
    expect(last()?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  });
});

describe("the headers of a request", () => {
  test("are the client's, without its key and its connection, with those of the configuration", async () => {
    const headers = {
      "content-type": "application/json",
      "x-api-key": "placeholder",
      authorization: "Bearer placeholder",
      cookie: "a=b",
      "accept-encoding": "br",
      "anthropic-beta": "mine-2026-01-01",
      "x-app": "cli",
      "user-agent": "mine/1",
    };
    await upstream.fetch({}, { ANTHROPIC_CUSTOM_HEADERS: "X-Team: search\nAnthropic-Beta: not-this" })(
      MESSAGES,
      post(BODY, { headers }),
    );
    const received = last()?.headers ?? {};

    expect(received).toMatchObject({
      "content-type": "application/json",
      "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj",
      "anthropic-beta": "mine-2026-01-01",
      "x-team": "search",
      "x-app": "cli",
      "user-agent": "mine/1",
      "accept-encoding": "identity",
    });
    expect(received.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/[0-9]{8}\/us-east-1\/aws-external-anthropic\//,
    );
    expect([received["x-api-key"], received.cookie]).toEqual([undefined, undefined]);
  });

  test("carry a key instead of a signature where the configuration has one", async () => {
    await upstream.fetch({}, { ANTHROPIC_AWS_API_KEY: "AEAAexample" })(MESSAGES, post(BODY));

    expect([last()?.headers["x-api-key"], last()?.headers.authorization]).toEqual(["AEAAexample", undefined]);
  });

  test("ask for the window that a model was asked for with", async () => {
    const response = await upstream.fetch()(MESSAGES, post('{"model":"sonnet[1m]"}'));

    expect(last()?.headers["anthropic-beta"]).toBe("context-1m-2025-08-07");
    expect(text(last()?.body)).toBe('{"model":"claude-sonnet-4-6"}');
    expect(response.headers.get("x-claude-on-aws-translations")).toBe(
      'set header.anthropic-beta -> "context-1m-2025-08-07"; set body.model "sonnet[1m]" -> "claude-sonnet-4-6"',
    );
  });
});

describe("what cannot be sent", () => {
  test.each([
    ["CONFIG_INCOMPLETE", 400, { ANTHROPIC_AWS_WORKSPACE_ID: "" }, MESSAGES],
    ["PROVIDER_UNSUPPORTED", 400, { CLAUDE_CODE_USE_FOUNDRY: "1" }, MESSAGES],
    ["PATH_UNKNOWN", 404, {}, "https://api.anthropic.com/api/hello"],
  ])("is answered: %s", async (code, status, env, url) => {
    const response = await upstream.fetch({}, env)(url, post(BODY));

    expect([response.status, response.headers.get("x-claude-on-aws-refusal")]).toEqual([status, code]);
  });

  test("is planned as it would be answered, and what can is planned as it would be sent", async () => {
    const fetch = upstream.fetch();
    const seen = upstream.received.length;
    const { request, translations, refusal } = await fetch.plan(
      MESSAGES,
      post(BODY.replace("claude-opus-5-5", "opus")),
    );

    expect(refusal).toBeNull();
    expect(request).toMatchObject({ method: "POST", url: `${upstream.url}/v1/messages`, model: "claude-opus-5-5" });
    expect(text(request?.body ?? undefined)).toBe(BODY);
    expect(translations).toMatchObject([
      { action: "set", subject: "body.model", before: "opus", after: "claude-opus-5-5" },
    ]);
    expect((await fetch.plan(MESSAGES, post("no"))).refusal).toMatchObject({ code: "BODY_MALFORMED", status: 400 });
    expect(upstream.received.length).toBe(seen);
  });
});
