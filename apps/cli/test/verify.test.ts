import { readJsonLines, readText } from "@claude-on-aws/fixtures";
import { presignRequest, signRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createVerifyCommand } from "../src/verify/index.ts";

interface Recorded {
  readonly id: string;
  readonly authentication: string;
  readonly body?: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly sigv4?: { readonly valid: boolean; readonly mistake?: string };
}

interface Answer {
  readonly id: string | null;
  readonly ok: boolean;
  readonly findings: readonly { readonly rule: string; readonly level: string }[];
  readonly diagnosis: readonly { readonly code: string; readonly message: string; readonly fix: string }[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** Rightly signed, and for a scope that nobody takes: what curl guessed from an address, and a region in capitals. */
const REFUSED_SCOPES: Readonly<Record<string, readonly string[]>> = {
  "curl--aws-sigv4-short-arg--0": ["WRONG_SERVICE", "WRONG_REGION"],
  "claude-code--aws-region-upper--0": ["WRONG_REGION"],
};

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET };

async function* pieces(text: string, size = 1000): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function run(input: string, args: readonly string[] = [], colour = false) {
  const out: string[] = [];
  const errors: string[] = [];
  const command = createVerifyCommand({ open: () => pieces(input), maxLineBytes: 1_000_000 });
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => errors.push(line), colour };
  const status = await command.run(args, terminal);
  return { status, out, errors };
}

const json = async (input: string, args: readonly string[] = []) => {
  const { status, out } = await run(input, ["--json", ...args]);
  return { status, answers: out.map((line) => JSON.parse(line) as Answer) };
};

async function signed(change: Partial<{ method: string; target: string; body: string }> = {}) {
  const request = await signRequest(
    {
      method: "POST",
      target: "/v1/messages",
      headers: [
        ["host", "aws-external-anthropic.us-east-1.api.aws"],
        ["content-type", "application/json"],
      ],
      httpVersion: "1.1",
      body: new TextEncoder().encode("{}"),
    },
    { credentials, region: "us-east-1", service: "aws-external-anthropic", date: new Date("2026-11-21T12:00:00Z") },
  );
  return { id: "one", method: request.method, target: request.target, headers: request.headers, body: "{}", ...change };
}

describe("verify on the recorded requests", () => {
  const recorded = readJsonLines<Recorded>("wire-requests/requests.jsonl");
  const tokens = new Set(
    recorded.flatMap(({ headers }) =>
      headers.filter(([name]) => name === "x-amz-security-token").map(([, value]) => value),
    ),
  );

  test("gives the recorded verdict and names the recorded mistake, in order", async () => {
    const args = ["", ...[...tokens].map((token) => `:${token}`)].flatMap((token) => [
      "--credentials",
      `AKIDEXAMPLE:${SECRET}${token}`,
    ]);
    const { status, answers } = await json(readText("wire-requests/requests.jsonl"), args);

    expect(status).toBe(1);
    expect(answers.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id));
    for (const [index, { sigv4 }] of recorded.entries()) {
      const { id, ok, diagnosis } = answers[index] as Answer;
      if (sigv4 === undefined) continue;
      const codes = diagnosis.map(({ code }) => code);
      const refused = REFUSED_SCOPES[id ?? ""];
      if (refused !== undefined) {
        expect([id, ok, codes, sigv4.valid]).toEqual([id, false, refused, true]);
        continue;
      }
      expect({ id, ok }).toEqual({ id, ok: sigv4.valid });
      expect(codes).toEqual(sigv4.valid ? [] : [sigv4.mistake]);
    }
  });

  test("names what a request without signature lacks", async () => {
    const { answers } = await json(readText("wire-requests/requests.jsonl"));

    for (const [index, { authentication }] of recorded.entries()) {
      const { ok, diagnosis } = answers[index] as Answer;
      if (authentication === "none") expect(diagnosis).toMatchObject([{ code: "AUTHORIZATION_MISSING" }]);
      if (authentication === "both") expect(diagnosis).toMatchObject([{ code: "BOTH_AUTH_HEADERS" }]);
      expect(diagnosis.length > 0).toBe(!ok);
    }
  });
});

describe("verify", () => {
  test("answers each line, whatever it holds, and goes on", async () => {
    const good = await signed();
    const lines = [
      JSON.stringify(good),
      "not json",
      "",
      "[]",
      JSON.stringify({ id: "x", target: "/" }),
      JSON.stringify({ ...good, target: "v1" }),
      JSON.stringify({ ...good, headers: "none" }),
      JSON.stringify({ ...good, body: undefined, bodySha256: "00" }),
      JSON.stringify({ ...good, body: undefined, bodyBase64: "!" }),
      JSON.stringify({ ...good, now: "today" }),
      `{"pad":"${"x".repeat(1_000_001)}"}`,
      JSON.stringify({ ...good, id: 7, headers: Object.fromEntries(good.headers) }),
    ];
    const { status, answers } = await json(lines.join("\r\n"));

    expect(status).toBe(1);
    expect(answers).toHaveLength(lines.length - 1);
    expect(answers[0]).toMatchObject({ id: "one", ok: true, diagnosis: [] });
    for (const answer of answers.slice(1, -1)) {
      expect(answer).toMatchObject({ id: null, ok: false, error: { code: "LINE_MALFORMED" } });
    }
    expect(answers.at(-1)).toMatchObject({ id: 7, ok: true });
  });

  test("takes the body as text, as base64, or as its hash", async () => {
    const { body, ...rest } = await signed();
    const bodySha256 = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    const lines = [
      { ...rest, body },
      { ...rest, bodyBase64: btoa("{}") },
      { ...rest, bodySha256 },
    ];

    expect(await json(lines.map((line) => JSON.stringify(line)).join("\n"))).toMatchObject({
      status: 0,
      answers: [{ ok: true }, { ok: true }, { ok: true }],
    });
  });

  test("goes by the clock, the service and the region of the line", async () => {
    const good = await signed();
    const ask = async (more: object) =>
      (await json(JSON.stringify({ ...good, ...more }))).answers[0]?.diagnosis.map(({ code }) => code);

    expect(await ask({ now: "2026-11-21T12:04:00Z" })).toEqual([]);
    expect(await ask({ now: "2026-11-21T12:06:00Z" })).toEqual(["CLOCK_SKEW"]);
    expect(await ask({ service: "bedrock" })).toEqual(["WRONG_SERVICE"]);
    expect(await ask({ region: "eu-west-1" })).toEqual(["WRONG_REGION"]);
  });

  test("says what was ruled out where nothing explains a signature", async () => {
    const { answers } = await json(JSON.stringify(await signed()), ["--credentials", "AKIDEXAMPLE:another"]);

    expect(answers[0]?.diagnosis).toMatchObject([
      { code: "UNKNOWN", message: expect.stringContaining("SECRET_WHITESPACE") },
    ]);
  });

  test("names the option that takes an access key which was never given", async () => {
    const { answers } = await json(JSON.stringify(await signed()), ["--credentials", "AKIAOTHER:another"]);

    expect(answers[0]?.diagnosis).toMatchObject([
      { code: "ACCESS_KEY_UNKNOWN", fix: expect.stringContaining("--credentials AKIDEXAMPLE:SECRET") },
    ]);
  });

  test("names a signature in the query, and a key that was redacted", async () => {
    const { headers, ...good } = await signed();
    const unsigned = headers.filter(([name]) => name !== "authorization");
    const { answers } = await json(
      [
        { ...good, headers: unsigned, target: `${good.target}?X-Amz-Signature=00` },
        {
          ...good,
          target: "/model/x/invoke",
          headers: [
            ["host", "bedrock-runtime.us-east-1.amazonaws.com"],
            ["authorization", "Bearer [redacted]"],
          ],
        },
      ]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    );

    expect(answers.map(({ diagnosis }) => diagnosis[0]?.code)).toEqual(["SIGNATURE_IN_QUERY", "KEY_REDACTED"]);
  });

  test("checks the arithmetic of a signature in the query, by its own date, service and region", async () => {
    const ask = async (service: string, change: object = {}, host = "aws-external-anthropic.us-east-1.api.aws") => {
      const { method, target, headers } = await presignRequest(
        {
          method: "POST",
          target: "/v1/messages",
          headers: [["host", host]],
          httpVersion: "1.1",
          body: new TextEncoder().encode("{}"),
        },
        { credentials, region: "us-east-1", service, date: new Date("2026-11-21T12:00:00Z"), expiresInSeconds: null },
      );
      const { answers } = await json(JSON.stringify({ method, target, headers, body: "{}", ...change }));
      const [{ ok, findings, diagnosis }] = answers as [Answer];
      return [ok, findings.at(-1)?.rule, diagnosis.map(({ code }) => code)];
    };

    expect(await ask("aws-external-anthropic")).toEqual([true, "signature-in-query", []]);
    expect(await ask("sts", {}, "sts.us-east-1.amazonaws.com")).toEqual([true, "signature-in-query", []]);
    expect(await ask("s3")).toEqual([false, "signature-in-query", ["WRONG_SERVICE"]]);
    expect(await ask("aws-external-anthropic", { body: "[]" })).toEqual([false, "signature-in-query", ["UNKNOWN"]]);
    expect(await ask("aws-external-anthropic", { now: "2026-11-21T12:06:00Z" })).toEqual([
      false,
      "signature-in-query",
      ["PRESIGNED_EXPIRED"],
    ]);
  });

  test("does not check the session token of a query for credentials that were given without one", async () => {
    const ask = async (accessKeyId: string) => {
      const { method, target, headers } = await presignRequest(
        {
          method: "GET",
          target: "/v1/models",
          headers: [["host", "aws-external-anthropic.us-east-1.api.aws"]],
          httpVersion: "1.1",
          body: new Uint8Array(),
        },
        {
          credentials: { accessKeyId, secretAccessKey: SECRET, sessionToken: "a+token/" },
          region: "us-east-1",
          service: "aws-external-anthropic",
        },
      );
      const { answers } = await json(JSON.stringify({ method, target, headers }), [
        "--credentials",
        `${accessKeyId}:${SECRET}`,
      ]);
      return [answers[0]?.ok, answers[0]?.findings.map(({ rule }) => rule)];
    };

    expect(await ask("ASIAEXAMPLE")).toEqual([true, ["authentication", "session-token", "signature-in-query"]]);
    expect((await ask("AKIAEXAMPLE"))[0]).toBe(false);
  });

  test("shows people what differs, and no secret", async () => {
    const line = JSON.stringify(await signed({ method: "PUT" }));
    const { status, out } = await run(line);
    const text = out.join("\n");

    expect(status).toBe(1);
    expect(text).toContain("not ok  one");
    expect(text).toContain("METHOD_CHANGED");
    expect(text).toContain("    - POST\n    + PUT\n      /v1/messages");
    expect(text).not.toContain("\u001B[");
    expect((await run(line, [], true)).out.join("\n")).toContain("\u001B[31m    - POST\u001B[39m");
    expect(text).not.toContain(SECRET);
  });

  test.each([
    ["connection", "bedrock-mantle", "bedrock-mantle.us-east-1.api.aws", ["HEADER_LOST"]],
    ["session_id", "bedrock-mantle", "bedrock-mantle.us-east-1.api.aws", ["HEADER_LOST"]],
    ["session_id", "bedrock-mantle", "127.0.0.1:4242", ["HEADER_LOST"]],
    ["session-id", "bedrock-mantle", "bedrock-mantle.us-east-1.api.aws", []],
    ["session_id", "aws-external-anthropic", "aws-external-anthropic.us-east-1.api.aws", []],
  ])("judges a signature over %s for %s at %s", async (name, service, host, codes) => {
    const { body: _, ...request } = await signRequest(
      {
        method: "POST",
        target: "/anthropic/v1/messages",
        headers: [
          ["host", host],
          [name, "keep-alive"],
        ],
        httpVersion: "1.1",
        body: new Uint8Array(),
      },
      { credentials, region: "us-east-1", service, signedHeaders: ["host", name] },
    );
    const { answers } = await json(JSON.stringify({ id: "one", ...request, body: "" }), [
      "--credentials",
      `AKIDEXAMPLE:${SECRET}`,
    ]);

    expect(answers[0]?.diagnosis.map(({ code }) => code)).toEqual(codes);
  });

  test("hides a session token in what it shows", async () => {
    const good = await signed();
    const headers = [...good.headers, ["x-amz-security-token", "very-secret-token"]];
    const { out } = await run(JSON.stringify({ ...good, headers }), [
      "--credentials",
      `AKIDEXAMPLE:${SECRET}:very-secret-token`,
    ]);

    expect(out.join("\n")).toContain("SESSION_TOKEN_NOT_SIGNED");
    expect(out.join("\n")).not.toContain("very-secret-token");
  });

  describe("of a session token for credentials that were given without one", () => {
    const withToken = async (accessKeyId: string, more: object = {}): Promise<string> => {
      const { body: _, ...request } = await signRequest(
        { method: "GET", target: "/v1/models", headers: [["host", HOST]], httpVersion: "1.1", body: new Uint8Array() },
        {
          credentials: { accessKeyId, secretAccessKey: SECRET, sessionToken: "token-of-a-session" },
          region: "us-east-1",
          service: "aws-external-anthropic",
        },
      );
      return JSON.stringify({ id: "one", ...request, body: "", ...more });
    };
    const HOST = "aws-external-anthropic.us-east-1.api.aws";
    const give = (text: string): readonly string[] => ["--credentials", text];

    test("says that it was not checked, and checks the arithmetic", async () => {
      const { status, answers } = await json(await withToken("ASIAEXAMPLE"), give(`ASIAEXAMPLE:${SECRET}`));

      expect(status).toBe(0);
      expect(answers[0]).toMatchObject({ ok: true, diagnosis: [] });
      expect(answers[0]?.findings).toMatchObject([{ level: "pass" }, { rule: "session-token", level: "warn" }]);
      const changed = await json(await withToken("ASIAEXAMPLE", { method: "POST" }), give(`ASIAEXAMPLE:${SECRET}`));
      expect(changed.answers[0]?.diagnosis.map(({ code }) => code)).toEqual(["METHOD_CHANGED"]);
    });

    test.each([
      ["a long-lived key", "AKIAEXAMPLE", [`AKIAEXAMPLE:${SECRET}`]],
      ["another token", "ASIAEXAMPLE", [`ASIAEXAMPLE:${SECRET}:another`]],
      ["another token beside none", "ASIAEXAMPLE", [`ASIAEXAMPLE:${SECRET}`, `ASIAEXAMPLE:${SECRET}:another`]],
    ])("refuses it with %s", async (_, id, known) => {
      const { answers } = await json(await withToken(id), known.flatMap(give));

      expect(answers[0]?.ok).toBe(false);
      expect(answers[0]?.diagnosis.map(({ code }) => code)).toContain("SESSION_TOKEN_INVALID");
    });

    test("counts it in the closing line", async () => {
      const lines = [await withToken("ASIAEXAMPLE"), await withToken("ASIAEXAMPLE", { method: "POST" })].join("\n");
      const { out } = await run(lines, give(`ASIAEXAMPLE:${SECRET}`));

      expect(out.join("\n")).toContain("warning: The session token was not checked");
      expect(out.join("\n")).toContain("2 requests: 1 ok (1 with a warning), 1 not ok");
      expect(out.join("\n")).not.toContain("token-of-a-session");
    });
  });

  test.each([
    ["no byte", ""],
    ["empty lines", "\n\n"],
    ["a HAR without entries", '{"log":{"entries":[]}}'],
    ["a journal without exchanges", '{"exchanges":[]}'],
  ])("is not content with an input that holds no request: %s", async (_, input) => {
    for (const args of [[], ["--json"]]) {
      const { status, out, errors } = await run(input, args);

      expect({ status, out }).toEqual({ status: 3, out: [] });
      expect(errors.join("\n")).toContain("Nothing to verify");
    }
  });

  test("says what a 403 can still mean where all is right", async () => {
    const { out } = await run(JSON.stringify(await signed()));
    expect(out.join("\n")).toMatch(/1 request: 1 ok[^]*403[^]*claude-on-aws policy/);
    expect((await run(JSON.stringify(await signed({ method: "PUT" })))).out.join("\n")).not.toContain("403");
  });

  test("prints its help", async () => {
    expect(await run("", ["--help"])).toMatchObject({
      status: 0,
      out: [expect.stringContaining("Usage: claude-on-aws verify")],
    });
  });

  test.each([[["--nope"]], [["--credentials", "only-a-secret"]], [["a", "b"]]])(
    "refuses %j as wrong usage",
    async (args) => {
      const { status, errors, out } = await run("", args);

      expect({ status, out }).toEqual({ status: 2, out: [] });
      expect(errors.join("\n")).toContain("Usage: claude-on-aws verify");
      expect(errors.join("\n")).not.toContain("only-a-secret");
    },
  );

  test.each([
    ["/nowhere/requests.jsonl", "there is no such file or folder; check the path"],
    [".", "that is a folder; name a file in it"],
  ])("refuses a file that cannot be read, in words of its own: %s", async (path, why) => {
    const errors: string[] = [];
    const terminal = { out: () => {}, error: (line: string) => errors.push(line), colour: false };

    expect(await createVerifyCommand().run([path], terminal)).toBe(2);
    expect(errors.join("\n")).toContain(`Cannot read ${path}: ${why}`);
    expect(errors.join("\n")).not.toMatch(/ENOENT|EISDIR/);
  });
});

test("verify loses no line for a name that every object has", async () => {
  const names = [...Object.getOwnPropertyNames(Object.prototype), "prototype"];
  const lines = await Promise.all(
    names.flatMap((name) =>
      ["POST", "PUT"].map(async (method) => {
        const request = await signRequest(
          {
            method: "POST",
            target: `/v1/messages?${name}=1`,
            headers: [
              ["host", "aws-external-anthropic.us-east-1.api.aws"],
              [name, "x"],
            ],
            httpVersion: "1.1",
            body: new TextEncoder().encode("{}"),
          },
          { credentials, service: "aws-external-anthropic", region: "us-east-1" },
        );
        return JSON.stringify({ ...request, method, body: "{}", id: `${method} ${name}` });
      }),
    ),
  );
  const { answers } = await json(lines.join("\n"));

  expect(answers.map(({ ok, diagnosis }) => [ok, diagnosis.map(({ code }) => code)])).toEqual(
    names.flatMap(() => [
      [true, []],
      [false, ["METHOD_CHANGED"]],
    ]),
  );
});
