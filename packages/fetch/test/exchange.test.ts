import type { AwsCredentials, CredentialSource } from "@claude-on-aws/auth";
import { describe, expect, test } from "vitest";
import type { FetchError, RequestEvent, RetryEvent, Transport } from "../src/index.ts";
import { type Answerer, BODY, json, MESSAGES, post, startUpstream } from "./support/upstream.ts";

const upstream = startUpstream();
const last = () => upstream.received.at(-1);

/** Answers in turn; the last answer stays. */
const inTurn = (...answers: readonly Answerer[]): Answerer => {
  let asked = 0;
  return (request, response) => answers[Math.min(asked++, answers.length - 1)]?.(request, response);
};
const never: Answerer = () => {};
const errorOf = (promise: Promise<unknown>): Promise<FetchError> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );
const EXPIRED = json(403, {
  type: "error",
  error: { type: "permission_error", message: "The security token included in the request is expired" },
});
const OK = json(200, { type: "message" }, { "request-id": "req_1" });

/** Sends some events of a message, then does something else. */
const events =
  (then: (response: Parameters<Answerer>[1]) => void, count = 3): Answerer =>
  (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
    for (let at = 0; at < count; at += 1) response.write(`event: ping\ndata: {"at":${at}}\n\n`);
    then(response);
  };
const PINGS = 'event: ping\ndata: {"at":0}\n\nevent: ping\ndata: {"at":1}\n\nevent: ping\ndata: {"at":2}\n\n';

describe("credentials", () => {
  const key = (accessKeyId: string, expiration?: Date): AwsCredentials => ({
    accessKeyId,
    secretAccessKey: "secret",
    sessionToken: "token",
    expiration,
  });
  const usedKey = (): string | undefined => /Credential=(\w+)/.exec(last()?.headers.authorization ?? "")?.[1];

  test("that ended while they were waited for are not used", async () => {
    const now = new Date("2026-11-30T12:00:00Z");
    let current = key("ASIAOLD", now);
    const source: CredentialSource = {
      get: async () => current,
      refresh: async (refusal) => {
        expect(refusal).toBe("expired");
        current = key("ASIANEW", new Date("2026-11-30T13:00:00Z"));
        return true;
      },
    };
    upstream.answer = OK;
    await upstream.fetch({ credentials: source, now: () => now })(MESSAGES, post(BODY));

    expect(usedKey()).toBe("ASIANEW");
    expect(last()?.headers["x-amz-date"]).toBe("20261130T120000Z");
  });

  test("that have no successor are answered as such, and nothing is sent", async () => {
    const seen = upstream.received.length;
    const fetch = upstream.fetch({ credentials: key("ASIAOLD", new Date("2020-01-01T00:00:00Z")) });
    const response = await fetch(MESSAGES, post(BODY));

    expect([response.status, response.headers.get("x-claude-on-aws-refusal")]).toEqual([401, "CREDENTIALS_EXPIRED"]);
    expect(upstream.received.length).toBe(seen);
  });

  test("that the service refuses are refreshed once, by one of all who wait, and the request is signed anew", async () => {
    let [current, refreshed] = [key("ASIAONE"), 0];
    let pending: Promise<boolean> | undefined;
    const source: CredentialSource = {
      get: async () => current,
      refresh: (_, used) => {
        if (used.accessKeyId !== current.accessKeyId) return Promise.resolve(true);
        pending ??= Promise.resolve().then(() => {
          refreshed += 1;
          current = key("ASIATWO");
          return true;
        });
        return pending;
      },
    };
    upstream.answer = (request, response) =>
      (request.headers.authorization?.includes("ASIAONE") === true ? EXPIRED : OK)(request, response);
    const retries: RetryEvent[] = [];
    const fetch = upstream.fetch({ credentials: source, onRetry: (event) => retries.push(event) });
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(MESSAGES, post(BODY))));

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(refreshed).toBe(1);
    expect(retries.map(({ reason, status }) => [reason, status])).toEqual(retries.map(() => ["credentials", 403]));
  });

  test("that are refused again are not refreshed again: the answer of the service is given whole", async () => {
    let refreshed = 0;
    const source: CredentialSource = { get: async () => key("ASIAX"), refresh: async () => (refreshed += 1) > 0 };
    upstream.answer = EXPIRED;
    const response = await upstream.fetch({ credentials: source })(MESSAGES, post(BODY));

    expect([response.status, refreshed]).toEqual([403, 1]);
    expect(await response.json()).toMatchObject({ error: { type: "permission_error" } });
  });

  test("whose source fails are answered with its words", async () => {
    const response = await upstream.fetch({ credentials: () => Promise.reject(new Error("No role here")) })(
      MESSAGES,
      post(BODY),
    );

    expect([response.status, response.headers.get("x-claude-on-aws-refusal")]).toEqual([401, "CREDENTIALS_MISSING"]);
    expect(await response.text()).toContain("No role here");
  });
});

describe("retries", () => {
  const busy = json(529, { type: "error" }, { "retry-after-ms": "1" });

  test("are none by default", async () => {
    upstream.answer = inTurn(busy, OK);

    expect((await upstream.fetch()(MESSAGES, post(BODY))).status).toBe(529);
  });

  test("are as many as were asked for, each signed anew and told of", async () => {
    upstream.answer = inTurn(busy, busy, OK);
    const [times, requests, retries]: [number[], RequestEvent[], RetryEvent[]] = [[1, 2, 3], [], []];
    const response = await upstream.fetch({
      retries: 2,
      now: () => new Date(`2026-11-30T12:00:0${times[Math.min(requests.length, 2)]}Z`),
      onRequest: (event) => requests.push(event),
      onRetry: (event) => retries.push(event),
    })(MESSAGES, post(BODY));

    expect(response.status).toBe(200);
    expect(requests.map(({ attempt, call }) => [attempt, call])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    expect(new Set(requests.map(({ headers }) => headers["x-amz-date"])).size).toBe(3);
    expect(retries.map(({ reason, status, delayMs }) => [reason, status, delayMs])).toEqual([
      ["status", 529, 1],
      ["status", 529, 1],
    ]);
  });

  test("are none where the service says so, where it asks for a longer wait, and for what will not pass", async () => {
    const seen = upstream.received.length;
    const fetch = upstream.fetch({ retries: 3, maxRetryDelayMs: 100 });
    upstream.answer = json(529, {}, { "x-should-retry": "false" });
    expect((await fetch(MESSAGES, post(BODY))).status).toBe(529);
    upstream.answer = json(429, {}, { "retry-after": "600" });
    expect((await fetch(MESSAGES, post(BODY))).status).toBe(429);
    upstream.answer = json(400, {});
    expect((await fetch(MESSAGES, post(BODY))).status).toBe(400);

    expect(upstream.received.length - seen).toBe(3);
  });

  test("come after a connection that failed before the first byte, and never after it", async () => {
    upstream.answer = inTurn(
      (_, response) => response.destroy(),
      (request, response) => OK(request, response),
    );
    const retries: RetryEvent[] = [];
    const hooks = { onRetry: (event: RetryEvent) => retries.push(event) };
    const fetch = upstream.fetch({ retries: 1, ...hooks });
    expect((await fetch(MESSAGES, post(BODY))).status).toBe(200);
    expect(retries.map(({ reason }) => reason)).toEqual(["failure"]);

    const seen = upstream.received.length;
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"type"');
      setImmediate(() => response.destroy());
    };
    const response = await fetch(MESSAGES, post(BODY));
    expect(await errorOf(response.text())).toBeInstanceOf(Error);
    expect(upstream.received.length - seen).toBe(1);
  });
});

describe("time-outs", () => {
  test("stop what sends no first byte, and close the connection", async () => {
    upstream.answer = never;
    const closed = upstream.closed();
    const error = await errorOf(upstream.fetch({ firstByteTimeoutMs: 30 })(MESSAGES, post(BODY)));

    expect(error.code).toBe("FIRST_BYTE_TIMEOUT");
    await closed;
  });

  test("let another attempt be made after it", async () => {
    let sent = 0;
    // The second answer is there at once: a socket of a busy machine may be later than the limit.
    const transport: Transport = {
      send: ({ stop, onConnect }) =>
        new Promise((resolve, reject) => {
          onConnect();
          stop.listen(() => reject(stop.reason));
          sent += 1;
          if (sent === 2) resolve({ status: 200, headers: [], body: null });
        }),
    };
    const fetch = upstream.fetch({ firstByteTimeoutMs: 30, retries: 1, transport });

    expect((await fetch(MESSAGES, post(BODY))).status).toBe(200);
    expect(sent).toBe(2);
  });

  test("stop a stream that stalls, with an error event", async () => {
    upstream.answer = events(never.bind(undefined, undefined as never));
    const closed = upstream.closed();
    const text = await (await upstream.fetch({ stallTimeoutMs: 30 })(MESSAGES, post(BODY))).text();

    expect(text.slice(0, PINGS.length)).toBe(PINGS);
    expect(text.slice(PINGS.length)).toContain('"type":"timeout_error","code":"STALL_TIMEOUT"');
    await closed;
  });

  test("count for a stall only while somebody reads", async () => {
    upstream.answer = events((response) => response.end("event: message_stop\ndata: {}\n\n"));
    const response = await upstream.fetch({ stallTimeoutMs: 20 })(MESSAGES, post(BODY));
    await new Promise((resolve) => setTimeout(resolve, 60));

    expect(await response.text()).toContain("message_stop");
  });

  test("stop everything together, over all attempts", async () => {
    upstream.answer = never;
    const error = await errorOf(
      upstream.fetch({ totalTimeoutMs: 60, firstByteTimeoutMs: 25, retries: 100 })(MESSAGES, post(BODY)),
    );

    expect(error.code).toBe("TOTAL_TIMEOUT");
  });

  test("stop a body that is no message, by failing it", async () => {
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("{");
    };
    const response = await upstream.fetch({ stallTimeoutMs: 30 })(MESSAGES, post(BODY));

    expect((await errorOf(response.text())).code).toBe("STALL_TIMEOUT");
  });
});

describe("a caller who goes away", () => {
  test("before anything was sent, while credentials are waited for, and before the first byte", async () => {
    const reason = new Error("enough");
    const aborted = AbortSignal.abort(reason);
    expect(await errorOf(upstream.fetch()(MESSAGES, post(BODY, { signal: aborted })))).toBe(reason);

    const waiting = new AbortController();
    const credentials = (): Promise<never> => {
      waiting.abort(reason);
      return new Promise(() => {});
    };
    expect(await errorOf(upstream.fetch({ credentials })(MESSAGES, post(BODY, { signal: waiting.signal })))).toBe(
      reason,
    );

    const sending = new AbortController();
    upstream.answer = () => sending.abort(reason);
    const closed = upstream.closed();
    expect(await errorOf(upstream.fetch()(MESSAGES, post(BODY, { signal: sending.signal })))).toBe(reason);
    await closed;
  });

  test("within a stream: it fails with the caller's reason, and the connection is closed", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    upstream.answer = events(() => {});
    const closed = upstream.closed();
    const response = await upstream.fetch()(MESSAGES, post(BODY, { signal: controller.signal }));
    const reader = response.body?.getReader();
    await reader?.read();
    controller.abort(reason);
    const rest = async (): Promise<void> => {
      while ((await reader?.read())?.done === false);
    };

    expect(await errorOf(rest())).toBe(reason);
    await closed;
  });

  test("by cancelling the body: the connection is closed", async () => {
    upstream.answer = events(() => {});
    const closed = upstream.closed();
    const ends: unknown[] = [];
    const response = await upstream.fetch({ onEnd: ({ error, status }) => ends.push([error, status]) })(
      MESSAGES,
      post(BODY),
    );
    await response.body?.cancel();

    await closed;
    expect(ends).toEqual([[undefined, 200]]);
  });

  test("while a retry is waited for", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    upstream.answer = json(529, {}, { "retry-after": "50" });
    const fetch = upstream.fetch({ retries: 1, onRetry: () => controller.abort(reason) });

    expect(await errorOf(fetch(MESSAGES, post(BODY, { signal: controller.signal })))).toBe(reason);
  });
});

describe("a stream that breaks off", () => {
  test.each([
    ["ends", (response: Parameters<Answerer>[1]) => void response.end(), "STREAM_TRUNCATED"],
    [
      "ends inside an event",
      (response: Parameters<Answerer>[1]) => void response.end("event: message_stop\ndata: {"),
      "STREAM_TRUNCATED",
    ],
  ])("because it %s, ends with an error event", async (_, then, code) => {
    upstream.answer = events(then);
    const text = await (await upstream.fetch()(MESSAGES, post(BODY))).text();

    expect(text).toMatch(
      new RegExp(`^${PINGS.replaceAll(/[{}]/g, "\\$&")}event: error\\ndata: .*"code":"${code}".*\\n\\n$`),
    );
  });

  test("because its connection is reset, ends with an error event", async () => {
    let reset = (): void => {};
    upstream.answer = events((response) => (reset = () => response.socket?.resetAndDestroy()));
    const response = await upstream.fetch()(MESSAGES, post(BODY));
    const reader = response.body?.getReader();
    let text = new TextDecoder().decode((await reader?.read())?.value);
    reset();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      text += new TextDecoder().decode(value);
    }

    expect(text).toMatch(/event: error\ndata: .*"code":"STREAM_(?:FAILED|TRUNCATED)".*\n\n$/);
  });

  test("is a stream of its own elsewhere: only a message needs its end", async () => {
    upstream.answer = events((response) => response.end());
    const response = await upstream.fetch()("https://api.anthropic.com/v1/sessions/s/events/stream");

    expect(await response.text()).toBe(PINGS);
  });
});

describe("a redirect", () => {
  const to =
    (status: number, location: string): Answerer =>
    (_, response) =>
      response.writeHead(status, { location }).end();

  test("within the origin is followed, and signed for where it leads", async () => {
    upstream.answer = inTurn(to(307, "/v1/messages?again=1"), OK);
    const response = await upstream.fetch()(MESSAGES, post(BODY));

    expect(response.status).toBe(200);
    expect([last()?.method, last()?.target, last()?.body.length]).toEqual([
      "POST",
      "/v1/messages?again=1",
      BODY.length,
    ]);
  });

  test("to another origin is not followed: nobody there learns of key or body", async () => {
    upstream.answer = to(307, "https://elsewhere.test/v1/messages");
    const response = await upstream.fetch()(MESSAGES, post(BODY));

    expect([response.status, response.headers.get("x-claude-on-aws-refusal")]).toEqual([502, "REDIRECT_REFUSED"]);
  });

  test("is given to whoever asks for it", async () => {
    upstream.answer = to(307, "/v1/messages?again=1");
    expect((await upstream.fetch()(MESSAGES, post(BODY, { redirect: "manual" }))).status).toBe(307);
    expect((await errorOf(upstream.fetch()(MESSAGES, post(BODY, { redirect: "error" })))).code).toBe("REDIRECTED");
  });
});

describe("hooks", () => {
  test("are told of all of it, without secrets", async () => {
    const told: [string, unknown][] = [];
    const hook = (name: string) => (event: unknown) => void told.push([name, event]);
    const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const credentials = {
      accessKeyId: "ASIAEXAMPLE",
      secretAccessKey: secret,
      sessionToken: "FwoGZXIvYXdzEXAMPLETOKEN==",
    };
    upstream.answer = json(
      200,
      { type: "message" },
      { "request-id": "req_011111111111111111111111", "set-cookie": "session=abcdefghij0123456789" },
    );
    const fetch = upstream.fetch(
      {
        credentials,
        onRequest: hook("request"),
        onTranslate: hook("translate"),
        onResponse: hook("response"),
        onEnd: hook("end"),
      },
      { ANTHROPIC_CUSTOM_HEADERS: "x-helicone-auth: Bearer sk-helicone-abcdefghijklmnop" },
    );
    await (await fetch(MESSAGES, post(BODY.replace("claude-opus-5-5", "opus")))).text();

    expect(told.map(([name]) => name)).toEqual(["translate", "request", "response", "end"]);
    expect(told[1]?.[1]).toMatchObject({
      provider: "anthropic-aws",
      model: "claude-opus-5-5",
      path: "/v1/messages",
      maxTokens: 16,
      stream: false,
    });
    expect(told[2]?.[1]).toMatchObject({ status: 200, requestId: "req_011111111111111111111111" });
    expect(JSON.stringify(told)).not.toMatch(/wJalr|FwoGZ|abcdefghij/);
    expect(last()?.headers["x-helicone-auth"]).toBe("Bearer sk-helicone-abcdefghijklmnop");
  });

  test("that throw end the call, with what they throw", async () => {
    const thrown = new Error("not today");
    const seen = upstream.received.length;
    const fetch = upstream.fetch({
      onRequest: () => {
        throw thrown;
      },
    });

    expect(await errorOf(fetch(MESSAGES, post(BODY)))).toBe(thrown);
    expect(upstream.received.length).toBe(seen);
  });
});

describe("an answer", () => {
  test("is passed on no faster than it is read", async () => {
    const piece = new Uint8Array(64 * 1024);
    // More than all buffers between here and there hold.
    const most = 1000;
    let pieces = most;
    let written = 0;
    upstream.answer = (_, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      const write = (): void => {
        while (written < pieces) {
          written += 1;
          if (!response.write(piece)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    };
    const response = await upstream.fetch()("https://api.anthropic.com/v1/files/f/content");
    const reader = response.body?.getReader();
    let bytes = (await reader?.read())?.value?.length ?? 0;
    // The upstream writes until they are full, and no further.
    for (let before = -1; before !== written;) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(written).toBeLessThan(most);
    pieces = written + 64;
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done) break;
      bytes += value?.length ?? 0;
    }
    expect(bytes).toBe(piece.length * pieces);
  });

  test("comes in parts, each as soon as it is there", async () => {
    let next = (): void => {};
    upstream.answer = events((response) => {
      next = () => response.end("event: message_stop\ndata: {}\n\n");
    });
    const reader = (await upstream.fetch()(MESSAGES, post(BODY))).body?.getReader();
    let text = "";
    const readUntil = async (words: string): Promise<void> => {
      while (!text.includes(words)) text += new TextDecoder().decode((await reader?.read())?.value);
    };
    await readUntil('{"at":2}');
    next();
    await readUntil("message_stop");

    expect(text).toBe(`${PINGS}event: message_stop\ndata: {}\n\n`);
  });
});

test("an answer of the status 205 has no body, and its connection is let go", async () => {
  upstream.answer = (_request, response) => void response.writeHead(205, { "x-a": "1" }).write("a");
  const closed = upstream.closed();
  const answer = await upstream.fetch()(MESSAGES, post(BODY));
  await closed;

  expect([answer.status, answer.headers.get("x-a"), answer.body]).toEqual([205, "1", null]);
});
