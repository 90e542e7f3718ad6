import {
  canonicalRequest,
  deriveSigningKey,
  formatAuthorization,
  presignRequest,
  signRequest,
  stringToSign,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { createFakeCore } from "@claude-on-aws/fake/server";
import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createVerifyCommand } from "../src/verify/index.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const HOST = "bedrock-runtime.us-east-1.amazonaws.com";
const BODY = '{\n  "max_tokens": 1\n}';

const sign = (
  target = "/model/us.anthropic.claude-x-v1%3A0/invoke",
  sessionToken?: string,
  body = BODY,
): Promise<WireRequest> =>
  signRequest(
    {
      method: "POST",
      target,
      headers: [
        ["host", HOST],
        ["content-type", "application/json"],
        ["content-length", `${BODY.length}`],
      ],
      httpVersion: "1.1",
      body: new TextEncoder().encode(body),
    },
    {
      credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET, sessionToken },
      region: "us-east-1",
      service: "bedrock",
    },
  );

const plain = ({ method, target, headers }: WireRequest, more: object = {}) => ({
  method,
  target,
  headers,
  body: BODY,
  ...more,
});

const verify = (input: string) => verifyPieces([new TextEncoder().encode(input)]);

async function verifyPieces(pieces: readonly Uint8Array[], maxLineBytes?: number) {
  const out: string[] = [];
  const open = async function* (): AsyncGenerator<Uint8Array> {
    yield* pieces;
  };
  const terminal = { out: (line: string) => out.push(line), error: () => {}, colour: false };
  await createVerifyCommand({ open, maxLineBytes }).run(["--json"], terminal);
  return out.map((line) => JSON.parse(line));
}

const dump = ({ method, target, headers }: WireRequest, end = "\r\n"): string =>
  [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), "", BODY].join(end);

const curl = ({ method, target, headers }: WireRequest): string =>
  [
    "* Connected to a host",
    `> ${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `> ${name}: ${value}`),
    ">",
    BODY,
    "< HTTP/1.1 200 OK",
    "",
  ].join("\n");

const har = ({ method, target, headers }: WireRequest): { readonly request: object } => ({
  request: {
    method,
    url: `https://${HOST}${target}`,
    headers: headers.filter(([name]) => name !== "host").map(([name, value]) => ({ name, value })),
    postData: { mimeType: "application/json", text: BODY },
  },
});

/** Ways to write requests down. */
const FORMS: Readonly<Record<string, (requests: readonly WireRequest[]) => string>> = {
  "a line each": (requests) => requests.map((each) => JSON.stringify(plain(each))).join("\n"),
  "an array": (requests) => JSON.stringify(requests.map((each) => plain(each))),
  "a pretty-printed array": (requests) =>
    JSON.stringify(
      requests.map((each) => plain(each)),
      undefined,
      2,
    ),
  "pretty-printed requests in a row": (requests) =>
    requests.map((each) => JSON.stringify(plain(each), undefined, 2)).join("\n"),
  "requests in a row, some pretty-printed": (requests) =>
    requests.map((each, index) => JSON.stringify(plain(each), undefined, index % 2 === 0 ? 2 : 0)).join("\n\n"),
  "requests in one line": (requests) => requests.map((each) => JSON.stringify(plain(each))).join(" "),
  "arrays in a row": (requests) => requests.map((each) => JSON.stringify([plain(each)], undefined, "\t")).join(""),
  "a HAR": (requests) => JSON.stringify({ log: { entries: requests.map(har) } }),
  "a pretty-printed HAR": (requests) => JSON.stringify({ log: { entries: requests.map(har) } }, undefined, 2),
  "requests on the wire": (requests) => requests.map((each) => dump(each)).join("\r\n\r\n"),
  "requests with bare line feeds": (requests) => requests.map((each) => dump(each, "\n")).join("\n"),
};

describe("verify reads", () => {
  test.each(Object.entries(FORMS))("%s", async (_, write) => {
    const right = await sign();
    const answers = await verify(write([right, { ...right, method: "PUT" }, right]));

    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(answers[1].diagnosis.map(({ code }: { code: string }) => code)).toEqual(["METHOD_CHANGED"]);
  });

  test("one pretty-printed request, and what curl --verbose prints", async () => {
    const right = await sign();

    expect(await verify(JSON.stringify(plain(right), undefined, 2))).toMatchObject([{ ok: true }]);
    expect(await verify(curl(right))).toMatchObject([{ ok: true }]);
    expect(await verify(curl({ ...right, method: "PUT" }))).toMatchObject([{ ok: false }]);
  });

  test("requests as they come, whatever the bytes are cut into and whatever one of them lacks", async () => {
    const right = await sign();
    const broken = JSON.stringify(plain(right), undefined, 2).replace('"method": "POST",', '"method": ,');
    const cut = JSON.stringify(plain(right), undefined, 2).slice(0, 90);
    const whole = JSON.stringify(plain(right, { body: '"}]{[\\', id: "brackets in a text" }), undefined, 2);
    const bytes = new TextEncoder().encode([broken, whole, "no JSON", cut, JSON.stringify(plain(right))].join("\n"));
    for (const size of [1, 7, bytes.length]) {
      const answers = await verifyPieces(
        Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, at * size + size)),
      );
      const told = answers.map(({ id, ok, error }) => error?.line ?? id ?? ok);

      expect(told.slice(0, 3)).toEqual([
        1,
        "brackets in a text",
        broken.split("\n").length + whole.split("\n").length + 1,
      ]);
      expect(told.at(-1)).toBe(true);
      expect(answers).toHaveLength(3 + cut.split("\n").length + 1);
    }
  });

  test("no value that is too long, and what comes behind it", async () => {
    const line = JSON.stringify(plain(await sign()));
    const long = JSON.stringify({ ...JSON.parse(line), body: ["x".repeat(3000), "y".repeat(3000)] }, undefined, 2);

    expect(await verifyPieces([new TextEncoder().encode(`${long}\n${line}`)], 5000)).toMatchObject([
      { ok: false, error: { code: "LINE_MALFORMED", message: expect.stringContaining("longer than 5000 bytes") } },
      { ok: true },
    ]);
  });

  test("the lines behind a line that is none", async () => {
    const line = JSON.stringify(plain(await sign()));

    expect(await verify(`{"id":\n${line}`)).toMatchObject([
      { ok: false, error: { code: "LINE_MALFORMED" } },
      { ok: true },
    ]);
    expect(await verify(JSON.stringify([1, plain(await sign())]))).toMatchObject([
      { ok: false, id: null },
      { ok: true },
    ]);
  });

  test("a journal: what is whole is judged again, and what was redacted has the verdict that was recorded", async () => {
    const credentials = [{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET }];
    const sessions = [{ accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET, sessionToken: "token-of-a-session" }];
    const fake = createFakeCore({ credentials: [...credentials, ...sessions] });
    const temporary = await sign(undefined, "token-of-a-session");
    for (const request of [await sign(), temporary, { ...temporary, method: "PUT" }]) {
      await fake.handle({ ...request, wire: "received" });
    }
    const answers = await verify(JSON.stringify(fake.journal.snapshot()));

    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(answers.map(({ findings }) => findings.at(-1).rule)).toEqual(["authentication", "recorded", "recorded"]);
    expect(answers[2].diagnosis.map(({ code }: { code: string }) => code)).toEqual(["METHOD_CHANGED"]);
  });
});

/** Signs without `x-amz-content-sha256`, as not all clients send it: the hash of the body is in the signature alone. */
async function signBare(signedBody = BODY): Promise<WireRequest> {
  const scope = { date: "20261121", region: "us-east-1", service: "bedrock" };
  const amzDate = "20261121T120000Z";
  const signed = await sign();
  const own = ["authorization", "x-amz-content-sha256", "x-amz-date"];
  const headers = [...signed.headers.filter(([name]) => !own.includes(name)), ["x-amz-date", amzDate] as const];
  const request = { ...signed, headers };
  const signedHeaders = ["content-type", "host", "x-amz-date"];
  const canonical = canonicalRequest(request, { signedHeaders, payloadHash: sha256(signedBody) });
  const key = await deriveSigningKey(CREDENTIALS, scope);
  const signature = createHmac("sha256", key)
    .update(stringToSign(amzDate, scope, sha256(canonical)))
    .digest("hex");
  const authorization = formatAuthorization({
    accessKeyId: "AKIDEXAMPLE",
    scope,
    terminator: "aws4_request",
    signedHeaders,
    signature,
  });
  return { ...request, headers: [...headers, ["authorization", authorization]] };
}

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: SECRET };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("a body that was sent and not recorded", () => {
  const ELSEWHERE = "/model/us.anthropic.claude-x-v1:0/invoke";

  const harWithout = (request: WireRequest, postData?: object): string =>
    JSON.stringify({ log: { entries: [{ request: { ...har(request).request, postData } }] } });
  const curlWithout = (request: WireRequest): string => curl(request).replace(BODY, `} [${BODY.length} bytes data]`);
  const withoutLength = (request: WireRequest): WireRequest => ({
    ...request,
    headers: request.headers.filter(([name]) => name !== "content-length"),
  });
  const chunked = (request: WireRequest): WireRequest => ({
    ...request,
    headers: request.headers.map(([name, value]) =>
      name === "content-length" ? ["transfer-encoding", "chunked"] : [name, value],
    ),
  });

  /** Ways to write a request down without its body. */
  const LACKING: Readonly<Record<string, (request: WireRequest) => string>> = {
    "a JSON object": (request) => JSON.stringify(plain(request, { body: undefined })),
    "a JSON object with null": (request) => JSON.stringify(plain(request, { body: null })),
    "a JSON object with an empty text": (request) => JSON.stringify(plain(request, { body: "" })),
    "a JSON object with half of the body": (request) => JSON.stringify(plain(request, { body: BODY.slice(0, 9) })),
    "a JSON object of a body in chunks": (request) => JSON.stringify(plain(chunked(request), { body: undefined })),
    "a HAR": (request) => harWithout(request),
    "a HAR with the type of the body alone": (request) => harWithout(request, { mimeType: "application/json" }),
    "a HAR with the length alone": (request) =>
      harWithout(withoutLength(request)).replace('"request":{', `"request":{"bodySize":${BODY.length},`),
    "a dump": (request) => dump(request).replace(BODY, ""),
    "what curl prints": curlWithout,
    "what curl prints, and the answer": (request) =>
      `${curlWithout(request)}<\n{"answer":true}\n* Connection left intact`,
    "what curl prints of a body in chunks": (request) => curlWithout(chunked(request)),
  };

  test.each(Object.entries(LACKING))("rules nothing out: %s", async (_, write) => {
    const right = await signBare();
    for (const request of [{ ...right, target: ELSEWHERE }, { ...right, method: "PUT" }, right]) {
      const [answer] = await verify(write(request));

      expect(answer).toMatchObject({ ok: false, diagnosis: [{ code: "BODY_NOT_RECORDED" }] });
      expect(answer.diagnosis).toHaveLength(1);
      expect(answer.diagnosis[0].fix).toContain('"bodySha256"');
      expect(JSON.stringify(answer)).not.toContain("Ruled out");
    }
  });

  test("is taken by the hash that was sent and signed, and that is said", async () => {
    const right = await sign();
    const [good, bad] = await verify(`${curlWithout(right)}\n${curlWithout({ ...right, method: "PUT" })}`);

    expect(good).toMatchObject({ ok: true, findings: [{ rule: "authentication" }, { rule: "body", level: "warn" }] });
    expect(bad.diagnosis.map(({ code }: { code: string }) => code)).toEqual(["METHOD_CHANGED"]);
  });

  test("is not missed where it or its hash is given, or where none was sent", async () => {
    const right = await signBare();
    const none = withoutLength(await signBare(""));
    const inputs = [
      curl(right),
      JSON.stringify(plain(right, { body: undefined, bodySha256: sha256(BODY) })),
      JSON.stringify(plain(right, { body: "", bodySha256: sha256(BODY) })),
      harWithout(none),
      dump(none).replace(BODY, ""),
      // What curl tells of TLS is no body, before an answer as well.
      curl(none).replace(BODY, "* Connection state changed (MAX_CONCURRENT_STREAMS == 100)!\n} [5 bytes data]"),
      // A body that is stated to be empty may be one in chunks.
      JSON.stringify(plain(chunked(await signBare("")), { body: "" })),
      // A length that is wrong, and a body that is what was signed.
      JSON.stringify(plain(await signBare("{}"), { body: "{}" })),
    ];

    for (const input of inputs) {
      expect(await verify(input)).toMatchObject([{ ok: true, findings: [{ rule: "authentication" }] }]);
    }
  });

  test("is not among what is ruled out where its stated hash explains nothing", async () => {
    const [answer] = await verify(curlWithout({ ...(await sign()), target: "/model/another/invoke" }));

    expect(answer.diagnosis).toMatchObject([
      { code: "UNKNOWN", message: expect.stringMatching(/Ruled out: .*PATH_ENCODED_ONCE/) },
    ]);
    expect(answer.diagnosis[0].message).not.toContain("BODY_CHANGED");
  });

  test("is missed by a signature in the query as well", async () => {
    const presigned = await presignRequest(
      { method: "POST", target: "/v1/x", headers: [["host", HOST]], httpVersion: "1.1", body: encode(BODY) },
      { credentials: CREDENTIALS, region: "us-east-1", service: "bedrock" },
    );
    const headers: WireRequest["headers"] = [...presigned.headers, ["content-length", `${BODY.length}`]];

    expect(await verify(JSON.stringify(plain({ ...presigned, headers })))).toMatchObject([{ ok: true }]);
    expect(await verify(JSON.stringify(plain({ ...presigned, headers }, { body: undefined })))).toMatchObject([
      { ok: false, diagnosis: [{ code: "BODY_NOT_RECORDED" }] },
    ]);
  });

  test("is named where the hash of an empty one was signed in its place", async () => {
    for (const empty of [await signBare(""), await sign(undefined, undefined, "")]) {
      const [answer] = await verify(curlWithout(empty));

      expect(answer.diagnosis.map(({ code }: { code: string }) => code)).toEqual(["BODY_HASH_OF_EMPTY"]);
    }
  });
});

/** What curl 7.88.1 wrote with `--aws-sigv4`, byte for byte but for some headers of the answers: its meter writes over itself. */
const CURL_RECORDS = {
  "a request": [
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
    "                                 Dload  Upload   Total   Spent    Left  Speed",
    "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:4399...",
    "* Connected to 127.0.0.1 (127.0.0.1) port 4399 (#0)",
    "* Server auth using AWS_SIGV4 with user 'AKIDEXAMPLE'",
    "> GET /foundation-models HTTP/1.1\r",
    "> Host: bedrock.us-east-1.amazonaws.com\r",
    "> Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=069d5004655a2eeb6819066d1223222ab9819dd42dc3c0a155bc35253f0b6528\r",
    "> X-Amz-Date: 20261201T081423Z\r",
    "> User-Agent: curl/7.88.1\r",
    "> Accept: */*\r",
    "> \r",
    "< HTTP/1.1 200 OK\r",
    "< Content-Length: 12\r",
    "< \r",
    "{ [12 bytes data]",
    "\r100    12  100    12    0     0     10      0  0:00:01  0:00:01 --:--:--    10\r100    12  100    12    0     0     10      0  0:00:01  0:00:01 --:--:--    10",
    "* Connection #0 to host 127.0.0.1 left intact",
    "",
  ].join("\n"),
  "two requests": [
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
    "                                 Dload  Upload   Total   Spent    Left  Speed",
    "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:4399...",
    "* Connected to 127.0.0.1 (127.0.0.1) port 4399 (#0)",
    "* Server auth using AWS_SIGV4 with user 'AKIDEXAMPLE'",
    "> GET /foundation-models HTTP/1.1\r",
    "> Host: bedrock.us-east-1.amazonaws.com\r",
    "> Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=2601efbb467824fd8d72c9969a7724b0f31a6020a04fb71365ad1fdae7f2c85e\r",
    "> X-Amz-Date: 20261201T081425Z\r",
    "> User-Agent: curl/7.88.1\r",
    "> Accept: */*\r",
    "> \r",
    "< HTTP/1.1 200 OK\r",
    "< Content-Length: 12\r",
    "< \r",
    "{ [12 bytes data]",
    "\r100    12  100    12    0     0     10      0  0:00:01  0:00:01 --:--:--    10\r100    12  100    12    0     0     10      0  0:00:01  0:00:01 --:--:--    10",
    "* Connection #0 to host 127.0.0.1 left intact",
    "* Found bundle for host: 0x55a5a42b4200 [serially]",
    "* Can not multiplex, even if we wanted to",
    "* Re-using existing connection #0 with host 127.0.0.1",
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
    "                                 Dload  Upload   Total   Spent    Left  Speed",
    "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0* Server auth using AWS_SIGV4 with user 'AKIDEXAMPLE'",
    "> GET /foundation-models HTTP/1.1\r",
    "> Host: bedrock.us-east-1.amazonaws.com\r",
    "> Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=3716106944d9b728e2c24565ba9b8a2df02373db2292034bad5d88207008e6a0\r",
    "> X-Amz-Date: 20261201T081426Z\r",
    "> User-Agent: curl/7.88.1\r",
    "> Accept: */*\r",
    "> \r",
    "\r  0     0    0     0    0     0      0      0 --:--:--  0:00:01 --:--:--     0< HTTP/1.1 200 OK\r",
    "< Content-Length: 12\r",
    "< \r",
    "{ [12 bytes data]",
    "\r100    12  100    12    0     0     10      0  0:00:01  0:00:01 --:--:--    10",
    "* Connection #0 to host 127.0.0.1 left intact",
    "",
  ].join("\n"),
  "a bar, and the answer": [
    "*   Trying 127.0.0.1:4399...",
    "* Connected to 127.0.0.1 (127.0.0.1) port 4399 (#0)",
    "* Server auth using AWS_SIGV4 with user 'AKIDEXAMPLE'",
    "> GET /foundation-models HTTP/1.1\r",
    "> Host: bedrock.us-east-1.amazonaws.com\r",
    "> Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=0e6e745ead49ac0975a4e742c9543a4533c21c15fa870896c981037a6660c269\r",
    "> X-Amz-Date: 20261201T081424Z\r",
    "> User-Agent: curl/7.88.1\r",
    "> Accept: */*\r",
    "> \r",
    "#=#=#                                                                         \r< HTTP/1.1 200 OK\r",
    "< Content-Length: 12\r",
    "< \r",
    "{ [12 bytes data]",
    "\r######################################################################## 100.0%* Connection #0 to host 127.0.0.1 left intact",
    '{"ok":true}',
    "",
    "",
  ].join("\n"),
  "a body": [
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current",
    "                                 Dload  Upload   Total   Spent    Left  Speed",
    "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:4399...",
    "* Connected to 127.0.0.1 (127.0.0.1) port 4399 (#0)",
    "* Server auth using AWS_SIGV4 with user 'AKIDEXAMPLE'",
    "> POST /model/m/invoke HTTP/1.1\r",
    "> Host: bedrock.us-east-1.amazonaws.com\r",
    "> Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261201/us-east-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=7f43076f5784a5f0f83d5b269f1f309bc489c52e21fc439a713f67b1dec6d721\r",
    "> X-Amz-Date: 20261201T081421Z\r",
    "> User-Agent: curl/7.88.1\r",
    "> Accept: */*\r",
    "> content-type: application/json\r",
    "> Content-Length: 16\r",
    "> \r",
    "} [16 bytes data]",
    "< HTTP/1.1 200 OK\r",
    "< Content-Length: 12\r",
    "< \r",
    "{ [12 bytes data]",
    "\r100    28  100    12  100    16     10     14  0:00:01  0:00:01 --:--:--    25\r100    28  100    12  100    16     10     14  0:00:01  0:00:01 --:--:--    25",
    "* Connection #0 to host 127.0.0.1 left intact",
    "",
  ].join("\n"),
};

describe("what curl --verbose wrote beside its progress meter", () => {
  test.each([
    ["a request", [true]],
    ["two requests", [true, true]],
    ["a bar, and the answer", [true]],
  ] as const)("%s", async (name, verdicts) => {
    const answers = await verify(CURL_RECORDS[name]);

    expect(answers.map(({ ok }) => ok)).toEqual(verdicts);
  });

  test("a body, which it does not print, and which can be written behind the headers", async () => {
    const record = CURL_RECORDS["a body"];

    expect(await verify(record)).toMatchObject([{ ok: false, diagnosis: [{ code: "BODY_NOT_RECORDED" }] }]);
    expect(await verify(record.replace("> \r\n", '$&{"max_tokens":1}\n'))).toMatchObject([{ ok: true }]);
    expect(await verify(record.replace("> \r\n", '$&{"max_tokens":2}\n'))).toMatchObject([
      { ok: false, diagnosis: [{ code: "UNKNOWN" }] },
    ]);
  });

  test("a body that is written behind an interim answer, where curl sent it, whatever it begins with", async () => {
    const body = "<a>\n  1\n</a>";
    const record = curl(await signBare(body)).replace(`${BODY.length}`, `${body.length}`);
    const written = record.replace(BODY, `< HTTP/1.1 100 Continue\n<\n} [${body.length} bytes data]\n${body}`);

    expect(await verify(written)).toMatchObject([{ ok: true, findings: [{ rule: "authentication" }] }]);
    expect(await verify(written.replace(body, ""))).toMatchObject([{ diagnosis: [{ code: "BODY_NOT_RECORDED" }] }]);
  });

  test("a meter of which each state has a line of its own, as from a pasted terminal", async () => {
    expect(await verify(CURL_RECORDS["two requests"].replaceAll("\r\n", "\n").replaceAll("\r", "\n"))).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
  });
});
