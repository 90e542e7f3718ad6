import { AnthropicAws } from "@anthropic-ai/aws-sdk";
import { http, HttpResponse, passthrough } from "msw";
import { http as http3, HttpResponse as HttpResponse3 } from "msw3";
import { afterEach, describe, expect, test } from "vitest";
import { createFake, EXAMPLE_CREDENTIALS } from "../src/index.ts";

const fake = createFake();
afterEach(() => fake.close());

const ORIGIN = "https://aws-external-anthropic.us-east-1.api.aws";
const ask = (body: object = {}, headers: Record<string, string> = {}, asked = fake): Promise<Response> =>
  asked.fetch(
    new Request(`${ORIGIN}/v1/messages`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-api-key": "aws-external-anthropic-api-key-EXAMPLE",
        "anthropic-version": "2023-06-01",
        "anthropic-workspace-id": "wrkspc_1",
        ...headers,
      },
      body: JSON.stringify({
        model: "claude-sonnet-4-6",
        max_tokens: 16,
        messages: [{ role: "user", content: "hello" }],
        ...body,
      }),
    }),
  );
const last = () => fake.journal.snapshot().exchanges.at(-1);

describe("createFake().use()", () => {
  test("answers first, and records and checks all the same", async () => {
    fake.use(http.post(`${ORIGIN}/v1/messages`, () => HttpResponse.json({ mine: true }, { status: 218 })));
    const response = await ask({}, { "anthropic-workspace-id": "" });

    expect(response.status).toBe(218);
    expect(await response.json()).toEqual({ mine: true });
    expect(last()).toMatchObject({ operation: "CreateMessage", reply: { status: 218 } });
    expect(last()?.checks.some(({ fault }) => fault !== undefined)).toBe(true);
  });

  test("asks the last one given first, and a handler that does not match not at all", async () => {
    fake.use(http.post("*/v1/messages", () => new HttpResponse(null, { status: 201 })));
    fake.use(
      http.post("*/v1/other", () => new HttpResponse(null, { status: 204 })),
      http.post("*/v1/messages", () => new HttpResponse(null, { status: 202 })),
    );

    expect((await ask()).status).toBe(202);
  });

  test("asks a handler for one request only once", async () => {
    fake.use(http.post("*/v1/messages", () => new HttpResponse(null, { status: 529 }), { once: true }));

    expect((await ask()).status).toBe(529);
    expect((await ask()).status).toBe(200);
  });

  test("shows a handler the request, and gives it back where the handler has no answer", async () => {
    const seen: unknown[] = [];
    fake.use(
      http.post("*/v1/messages", async ({ request }) => {
        seen.push(await request.json(), request.headers.get("anthropic-version"));
      }),
    );
    const response = await ask({ max_tokens: 17 });

    expect(response.status).toBe(200);
    expect(seen).toMatchObject([{ max_tokens: 17 }, "2023-06-01"]);
  });

  test("gives a request back that a handler lets pass", async () => {
    fake.use(http.post("*/v1/messages", () => passthrough()));

    expect((await ask()).status).toBe(200);
  });

  test("sends a stream piece by piece", async () => {
    const stream = new ReadableStream({
      start(controller) {
        for (const piece of ["one ", "two"]) controller.enqueue(new TextEncoder().encode(piece));
        controller.close();
      },
    });
    fake.use(
      http.post("*/v1/messages", () => new HttpResponse(stream, { headers: { "content-type": "text/event-stream" } })),
    );
    const response = await ask();

    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toBe("one two");
  });

  test("takes a response that is thrown", async () => {
    fake.use(
      http.post("*/v1/messages", () => {
        throw HttpResponse.json({}, { status: 418 });
      }),
    );

    expect((await ask()).status).toBe(418);
  });

  test.each([
    [
      "that throws",
      () => {
        throw new Error("my mistake");
      },
      "my mistake",
    ],
    ["that answers with a network error", () => HttpResponse.error(), "HttpResponse.error()"],
  ])("answers 500 in the shape of the service for a handler %s, and records it", async (_, resolver, words) => {
    fake.use(http.post("*/v1/messages", resolver));
    const response = await ask();
    const body = (await response.json()) as { error: { message: string } };

    expect(response.status).toBe(500);
    expect(body).toMatchObject({ type: "error", error: { type: "api_error" } });
    expect(body.error.message).toContain(words);
    expect(last()?.reply.status).toBe(500);
    expect(last()?.checks.at(-1)).toMatchObject({ check: "override", fault: { name: "internal" } });
  });

  test("takes handlers of msw 3", async () => {
    const handler = http3.post("*/v1/messages", () => HttpResponse3.json({ three: 3 }, { status: 203 }), {
      once: true,
    });
    fake.use(handler as unknown as ReturnType<typeof http.post>);
    const first = await ask();

    expect(first.status).toBe(203);
    expect(await first.json()).toEqual({ three: 3 });
    expect((await ask()).status).toBe(200);
  });

  test("is undone by reset(), which keeps the overrides of the options", async () => {
    const lasting = createFake({
      overrides: [http.post("*/v1/messages", () => new HttpResponse(null, { status: 201 }))],
    });
    lasting.use(http.all("*", () => new HttpResponse(null, { status: 202 })));
    const send = async () => (await lasting.fetch(new Request(`${ORIGIN}/v1/messages`, { method: "POST" }))).status;

    expect(await send()).toBe(202);
    lasting.reset();
    expect(await send()).toBe(201);
    expect(lasting.journal.total).toBe(1);
  });

  test("works on a port too, until it is closed", async () => {
    const server = await fake.listen({ port: 0 });
    fake.use(http.post("*/v1/messages", () => HttpResponse.json({ type: "error" }, { status: 529 }), { once: true }));
    const client = new AnthropicAws({
      baseURL: server.url,
      awsAccessKey: EXAMPLE_CREDENTIALS.accessKeyId,
      awsSecretAccessKey: EXAMPLE_CREDENTIALS.secretAccessKey,
      awsRegion: "us-east-1",
      workspaceId: "wrkspc_1",
      maxRetries: 1,
    });
    const message = await client.messages.create({
      model: "claude-sonnet-4-6",
      max_tokens: 16,
      messages: [{ role: "user", content: "hello" }],
    });

    expect(message.content).toMatchObject([{ text: "hello" }]);
    expect(fake.journal.snapshot().exchanges.map(({ reply }) => reply.status)).toEqual([529, 200]);
    await fake.close();
    await expect(fetch(server.url)).rejects.toThrow();
    expect(fake.journal.total).toBe(0);
  });
});

describe("an override", () => {
  test("uses up nothing of a scenario", async () => {
    const scripted = createFake({ scenario: { replies: [{ times: 1, reply: { text: "scripted" } }] } });
    scripted.use(http.post("*/v1/messages", () => new HttpResponse(null, { status: 529 }), { once: true }));
    const statuses = [await ask({}, {}, scripted), await ask({}, {}, scripted), await ask({}, {}, scripted)];
    const texts = await Promise.all(statuses.map((response) => response.text()));

    expect(statuses.map(({ status }) => status)).toEqual([529, 200, 200]);
    expect(texts[1]).toContain("scripted");
    expect(texts[2]).not.toContain("scripted");
  });
});
