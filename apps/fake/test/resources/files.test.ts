import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import {
  FileExpiredError,
  FileNotDownloadableError,
  StorageQuotaExceededError,
} from "@anthropic-ai/sdk/resources/files";
import { NotFoundError } from "@anthropic-ai/sdk";
import { soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { createFakeCore, serve } from "../../src/server.ts";
import { sendRaw } from "../support/raw-http.ts";
import { startFake, WORKSPACE_ID } from "../support/start-fake.ts";
import { ask, signed } from "./support/ask.ts";
import { brokenRules } from "./support/broken-rules.ts";
import { AWS_CLIENTS } from "./support/clients.ts";

const OTHER_WORKSPACE = "wrkspc_Other";
const CONTENT = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);

const textFile = (name: string, content = "hello"): File => new File([content], name, { type: "text/plain" });

describe.each(Object.entries(AWS_CLIENTS))("@anthropic-ai/aws-sdk with %s", (proof, makeClient) => {
  const fake = startFake({ workspaces: [WORKSPACE_ID, OTHER_WORKSPACE], facts: { uploadsDownloadable: true } });
  const client = (): AnthropicAws => makeClient(fake.server.url);

  test("uploads a file, downloads it and deletes it", async () => {
    const file = await client().files.upload({ file: new File([CONTENT], "dir/chart.png", { type: "image/png" }) });

    expect(file).toMatchObject({
      type: "file",
      filename: "chart.png",
      mime_type: "image/png",
      size_bytes: CONTENT.length,
      downloadable: true,
      expires_at: null,
    });
    expect(file.id).toMatch(/^file_01\w{22}$/);
    expect(await client().files.retrieveMetadata(file.id)).toEqual(file);
    const download = await client().files.download(file.id);
    expect(download.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await download.arrayBuffer()).equals(CONTENT)).toBe(true);
    expect(await client().files.delete(file.id)).toEqual({ id: file.id, type: "file_deleted" });
    await expect(client().files.retrieveMetadata(file.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(client().files.download(file.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(client().files.delete(file.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  test("uploads with the beta of before, too", async () => {
    const file = await client().beta.files.upload({ file: textFile("a.txt"), betas: ["files-api-2025-04-14"] });

    expect(file).toMatchObject({ filename: "a.txt", mime_type: "text/plain", size_bytes: 5 });
  });

  test("lists the files of its workspace, newest first and page by page", async () => {
    fake.core.reset();
    const ids: string[] = [];
    for (let made = 0; made < 5; made++)
      ids.unshift((await client().files.upload({ file: textFile(`${made}.txt`) })).id);
    const listed: string[] = [];
    for await (const { id } of client().files.list({ limit: 2 })) listed.push(id);
    const picked = await client().files.list({ ids: [ids[4] ?? "", ids[1] ?? "", "file_none"] });

    expect(listed).toEqual(ids);
    expect(picked.data.map(({ id }) => id)).toEqual([ids[1], ids[4]]);
    const elsewhere = makeClient(fake.server.url, { workspaceId: OTHER_WORKSPACE });
    expect((await elsewhere.files.list()).data).toEqual([]);
    await expect(elsewhere.files.retrieveMetadata(ids[0] ?? "")).rejects.toBeInstanceOf(NotFoundError);
    await expect(elsewhere.files.delete(ids[0] ?? "")).rejects.toBeInstanceOf(NotFoundError);
  });

  test("breaks no rule on the way", () => {
    expect(brokenRules(fake.core)).toEqual([]);
  });

  // A key signs nothing.
  if (proof === "a workspace API key") return;

  test("leaves the body of an upload out of its signature, and signs all others", async () => {
    fake.core.reset();
    await client().files.upload({ file: textFile("a.txt") });
    await client().files.list();
    const hashes = fake.core.journal
      .snapshot()
      .exchanges.map(({ request }) => request.headers.find(([name]) => name === "x-amz-content-sha256")?.[1]);

    expect(hashes).toEqual(["UNSIGNED-PAYLOAD", expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

describe("what the service gives out", () => {
  let now = new Date("2026-11-21T12:00:00Z");
  const fake = startFake({ maxResourceBytes: 1000, now: () => now, apiKeys: undefined });
  const client = (): AnthropicAws =>
    (AWS_CLIENTS["a workspace API key"] as NonNullable<(typeof AWS_CLIENTS)[string]>)(fake.server.url);

  test("is nothing that was uploaded", async () => {
    const { id, downloadable } = await client().files.upload({ file: textFile("a.txt") });

    expect(downloadable).toBe(false);
    await expect(client().files.download(id)).rejects.toBeInstanceOf(FileNotDownloadableError);
  });

  test("is nothing that has expired", async () => {
    const file = await client().files.upload({ file: textFile("a.txt"), expires_in_seconds: 3600 });
    expect(file.expires_at).toBe("2026-11-21T13:00:00.000Z");
    now = new Date(now.getTime() + 3_600_000);

    await expect(client().files.download(file.id)).rejects.toBeInstanceOf(FileExpiredError);
  });

  test("is bounded: an upload over the storage is refused, and room comes back", async () => {
    fake.core.reset();
    const first = await client().files.upload({ file: textFile("a.txt", "x".repeat(600)) });

    await expect(client().files.upload({ file: textFile("b.txt", "x".repeat(600)) })).rejects.toBeInstanceOf(
      StorageQuotaExceededError,
    );
    await client().files.delete(first.id);
    await client().files.upload({ file: textFile("b.txt", "x".repeat(600)) });
    expect(fake.core.state.resources.heldBytes).toBe(600);
    fake.core.reset();
    expect(fake.core.state.resources.heldBytes).toBe(0);
    expect((await client().files.list()).data).toEqual([]);
  });
});

const TYPE = "multipart/form-data; boundary=b";
const form = (...parts: string[]): Uint8Array => new TextEncoder().encode(`${parts.join("")}--b--\r\n`);
const filePart = (filename: string | undefined, content = "x", more = ""): string =>
  `--b\r\ncontent-disposition: form-data; name="file"${filename === undefined ? "" : `; filename="${filename}"`}${more}\r\n\r\n${content}\r\n`;
const fieldPart = (name: string, content: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;

describe("POST /v1/files", () => {
  const core = createFakeCore({ facts: { maxFileBytes: 1000 } });
  const post = (body: Uint8Array, contentType = TYPE) => ask(core, "POST", "/v1/files", { body, contentType });

  test.each([
    ["a.txt", "a.txt", "text/plain"],
    ["C:\\\\dir\\\\b.PDF", "b.PDF", "application/pdf"],
    ["../../etc/passwd", "passwd", "application/octet-stream"],
    ["", "unnamed", "application/octet-stream"],
    [undefined, "unnamed", "application/octet-stream"],
    ["ünï.csv", "ünï.csv", "text/csv"],
    ["__proto__", "__proto__", "application/octet-stream"],
  ])("calls %j %j", async (sent, filename, mime) => {
    expect((await post(form(filePart(sent)))).json).toMatchObject({ filename, mime_type: mime, size_bytes: 1 });
  });

  test("calls a file without a name by its kind", async () => {
    const png = form(filePart(undefined, "x", "\r\ncontent-type: image/png"));

    expect((await post(png)).json).toMatchObject({ filename: "unnamed.png", mime_type: "image/png" });
  });

  test.each([
    ["no file", form(fieldPart("other", "x")), /^file: Field required$/],
    ["an empty form", form(), /^file: Field required$/],
    ["two files", form(filePart("a"), filePart("b")), /^file: Only one/],
    ["another field", form(filePart("a"), fieldPart("purpose", "batch")), /^purpose: Extra inputs/],
    ["a short expiry", form(filePart("a"), fieldPart("expires_in_seconds", "3599")), /^expires_in_seconds: /],
    ["a long expiry", form(filePart("a"), fieldPart("expires_in_seconds", "7776001")), /^expires_in_seconds: /],
    ["an expiry that is no number", form(filePart("a"), fieldPart("expires_in_seconds", "1e4")), /^expires_in_sec/],
    ["a pipe in the name", form(filePart("a|b")), /^filename: /],
    ["a quote in the name", form(filePart("a%22b")), /^filename: /],
    ["a line break in the name", form(filePart("a%0D%0Ax-evil: 1")), /^filename: /],
    ["a name of 256 characters", form(filePart("a".repeat(256))), /^filename: /],
    [
      "a header in the name",
      form(filePart('a"\r\ncontent-type: "text/html', "x", "\r\ncontent-type: text/plain")),
      /sent twice/,
    ],
    ["a thousand parts", form(fieldPart("a", "1").repeat(1000)), /more than 32 parts/],
    ["a form that is cut", form(filePart("a")).subarray(0, 60), /does not end with its boundary/],
    ["no bytes at all", new Uint8Array(), /does not end with its boundary/],
  ])("refuses %s", async (_, body, message) => {
    const { status, json } = await post(body);

    expect([status, json.error.type]).toEqual([400, "invalid_request_error"]);
    expect(json.error.message).toMatch(message);
  });

  test.each([
    ["application/json", 400],
    ["text/plain", 400],
    ["multipart/mixed; boundary=b", 400],
    ["multipart/form-data", 400],
  ])("refuses %s with %i", async (contentType, status) => {
    expect((await post(form(filePart("a")), contentType)).status).toBe(status);
  });

  test("refuses a file over the limit with 413", async () => {
    expect((await post(form(filePart("a", "x".repeat(1000))))).status).toBe(200);
    expect(await post(form(filePart("a", "x".repeat(1001))))).toMatchObject({
      status: 413,
      json: { error: { type: "request_too_large" } },
    });
    expect((await post(form(filePart("a", "x".repeat(70_000))))).status).toBe(413);
  });

  test.each(["limit=0", "limit=1001", "page=file_none", "ids[]=a&limit=2", "ids[]=a&page=b"])(
    "a list with %s is answered with 400",
    async (query) => {
      expect((await ask(core, "GET", `/v1/files?${query}`)).status).toBe(400);
    },
  );

  test.each([
    ["page=file_none", "page: Input should be an ID of the list"],
    ["after_id=file_none", "after_id: Input should be an ID of the list"],
    ["before_id=file_none", "before_id: Input should be an ID of the list"],
    ["page=a&before_id=b", "page and before_id: Only one of the two can be given"],
  ])("a list with %s is refused by the name of the parameter", async (query, message) => {
    expect((await ask(core, "GET", `/v1/files?${query}`)).json).toMatchObject({ error: { message } });
  });

  test("keeps no more files than it may", async () => {
    const two = createFakeCore({ maxResources: 2 });
    const upload = () => ask(two, "POST", "/v1/files", { body: form(filePart("a")), contentType: TYPE });
    await upload();
    await upload();

    expect(await upload()).toMatchObject({
      status: 400,
      json: { error: { details: { error_code: "storage_quota_exceeded" } } },
    });
  });
});

describe("a body over a socket", () => {
  const fake = startFake({ maxResourceBytes: 200_000 });

  test("is read no further than the bound of the fake, and answered with 413", async () => {
    const body = form(filePart("a", "x".repeat(300_000)));
    const request = await signed("POST", "/v1/files", { body, contentType: TYPE });

    expect(await sendRaw(fake.server.port, request)).toMatchObject({ status: 413 });
  });

  test("may be longer where a file is uploaded than elsewhere", async () => {
    const small = startedWith;
    const body = form(filePart("a", "x".repeat(50_000)));
    const request = await signed("POST", "/v1/files", { body, contentType: TYPE });

    expect(await sendRaw(small.server.port, request)).toMatchObject({ status: 200 });
    const message = await signed("POST", "/v1/messages", { body: { model: "x".repeat(50_000) } });
    expect(await sendRaw(small.server.port, message)).toMatchObject({ status: 413 });
  });

  const startedWith = startFake({ facts: { maxMessagesBodyBytes: 1000, maxInvokeModelBodyBytes: 1000 } });
});

describe("the runtime's own HTTP/1.1 server", () => {
  test("takes an upload of some megabytes, and gives it back", async () => {
    const core = createFakeCore({ facts: { uploadsDownloadable: true } });
    const server = await serve(core, { port: 0, http: "1" });
    try {
      const client = (AWS_CLIENTS["long-lived credentials"] as NonNullable<(typeof AWS_CLIENTS)[string]>)(server.url);
      const content = new Uint8Array(soakLength(40_000_000, 4_000_000)).fill(7);
      const { id, size_bytes: size } = await client.files.upload({ file: new File([content], "large.bin") });
      const download = await client.files.download(id);

      expect(size).toBe(content.length);
      expect(Buffer.from(await download.arrayBuffer()).equals(content)).toBe(true);
    } finally {
      await server.close();
    }
  });
});

describe("UNSIGNED-PAYLOAD", () => {
  const core = createFakeCore();
  const unsigned = {
    signing: { payloadHash: "UNSIGNED-PAYLOAD" },
    headers: [["x-amz-content-sha256", "UNSIGNED-PAYLOAD"]],
  } as const;
  const body = form(filePart("a"));

  test("is taken for an upload", async () => {
    expect((await ask(core, "POST", "/v1/files", { body, contentType: TYPE, ...unsigned })).status).toBe(200);
  });

  test.each([
    ["JSON to the same route", "POST", "/v1/files", "application/json", "aws-external-anthropic"],
    [
      "another multipart to the same route",
      "POST",
      "/v1/files",
      "multipart/mixed; boundary=b",
      "aws-external-anthropic",
    ],
    ["a form to messages", "POST", "/v1/messages", TYPE, "aws-external-anthropic"],
    ["a form to batches", "POST", "/v1/messages/batches", TYPE, "aws-external-anthropic"],
    ["a form to workspaces", "POST", "/v1/organizations/workspaces", TYPE, "aws-external-anthropic"],
    ["a form to skills, which is not built", "POST", "/v1/skills", TYPE, "aws-external-anthropic"],
    ["a form to a route that does not exist", "POST", "/v1/files/a/b", TYPE, "aws-external-anthropic"],
    ["a form to the Bedrock Messages endpoint", "POST", "/anthropic/v1/messages", TYPE, "bedrock-mantle"],
    ["a form to InvokeModel", "POST", "/model/anthropic.claude-opus-5/invoke", TYPE, "bedrock"],
    ["a form to inference profiles", "POST", "/inference-profiles", TYPE, "bedrock"],
  ] as const)("is refused for %s", async (_, method, target, contentType, service) => {
    const { status } = await ask(core, method, target, { body, contentType, service, ...unsigned });

    expect(status).toBe(service === "bedrock" ? 403 : 401);
    expect(core.journal.snapshot().exchanges.at(-1)?.checks.at(-1)).toMatchObject({ check: "authentication" });
  });
});
