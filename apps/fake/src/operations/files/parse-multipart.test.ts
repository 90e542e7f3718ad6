import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MultipartError, parseMultipart } from "./parse-multipart.ts";

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const TYPE = "multipart/form-data; boundary=b";

const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const named = (name: string, content: string): string =>
  part(`content-disposition: form-data; name="${name}"`, content);
const parse = (text: string, type = TYPE) =>
  parseMultipart(type, bytes(text)).map(({ content, ...rest }) => ({
    ...rest,
    content: Buffer.from(content).toString("latin1"),
  }));

const codeOf = (text: string, type?: string): string => {
  try {
    parse(text, type);
    return "none";
  } catch (error) {
    if (error instanceof MultipartError) return error.code;
    throw error;
  }
};

describe("parseMultipart() reads", () => {
  test("parts in order, with what their headers say", () => {
    const file = part(
      'Content-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain; charset=utf-8',
      "hello\r\n",
    );

    expect(parse(`${file}${named("a", "1")}--b--\r\n`)).toEqual([
      { name: "file", filename: "a.txt", contentType: "text/plain", content: "hello\r\n" },
      { name: "a", content: "1" },
    ]);
  });

  test("what the runtime's own FormData writes, byte by byte", async () => {
    const form = new FormData();
    const content = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);
    form.set("file", new File([content], 'quote " and \r\n break ü.bin', { type: "image/png" }));
    form.set("expires_in_seconds", "3600");
    const response = new Response(form);
    const parts = parseMultipart(
      response.headers.get("content-type") ?? "",
      new Uint8Array(await response.arrayBuffer()),
    );

    expect(parts.map(({ name }) => name)).toEqual(["file", "expires_in_seconds"]);
    expect(parts[0]?.filename).toBe('quote " and \r\n break ü.bin');
    expect(parts[0]?.contentType).toBe("image/png");
    expect(Buffer.from(parts[0]?.content ?? []).equals(content)).toBe(true);
  });

  test.each([
    ["a boundary in quotes", 'multipart/form-data; boundary="b"'],
    ["other parameters, another case and white space", "Multipart/Form-Data ; charset=utf-8; Boundary= b"],
  ])("%s", (_, type) => {
    expect(parse(`${named("a", "1")}--b--`, type)).toHaveLength(1);
  });

  test.each([
    ["a preamble and an epilogue", `before\r\n${named("a", "1")}--b--\r\nafter\r\n--b\r\n`],
    ["white space after a boundary", named("a", "1").replace("--b\r\n", "--b \t\r\n") + "--b--\r\n"],
  ])("%s", (_, text) => {
    expect(parse(text)).toEqual([{ name: "a", content: "1" }]);
  });

  test.each([
    ["the boundary without a line break before", "x--b\r\ny"],
    ["a boundary that goes on", "x\r\n--bc\r\ny"],
    ["the boundary without its end of line", "x\r\n--b y\r\n"],
    ["a line feed alone before the boundary", "x\n--b\r\ny"],
    ["line breaks at its end", "x\r\n\r\n"],
    ["nothing", ""],
  ])("%s as content", (_, content) => {
    expect(parse(`${named("a", content)}--b--\r\n`)).toEqual([{ name: "a", content }]);
  });

  test("no parts", () => {
    expect(parse("--b--\r\n")).toEqual([]);
  });

  test("a name in the spelling of RFC 8187", () => {
    const headers = `content-disposition: form-data; name="file"; filename="x"; filename*=UTF-8''na%C3%AFve.txt`;

    expect(parse(`${part(headers, "")}--b--`)[0]?.filename).toBe("naïve.txt");
  });
});

test("parseMultipart() reads back whatever was written", () => {
  const content = fc
    .array(fc.constantFrom("\r", "\n", "\r\n", "-", "--", "--b", "--bc", "b", "x", "\0", "\xff", '"'), {
      maxLength: 40,
    })
    .map((pieces) => pieces.join(""))
    .filter((made) => !`\r\n${made}\r\n`.includes("\r\n--b"));
  fc.assert(
    fc.property(fc.array(content, { maxLength: 5 }), (contents) => {
      const text = `${contents.map((made, index) => named(`n${index}`, made)).join("")}--b--`;

      expect(parse(text)).toEqual(contents.map((made, index) => ({ name: `n${index}`, content: made })));
    }),
  );
});

test("parseMultipart() never fails but by a MultipartError", () => {
  const pieces = fc.constantFrom(
    "\r\n",
    "--b",
    "--",
    " ",
    "content-disposition: form-data; ",
    'name="a"',
    ";",
    "=",
    "x",
    '"',
    "\\",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (made) => {
      expect(["none", "FORM_MALFORMED"]).toContain(codeOf(made.join("")));
    }),
  );
});

test("parseMultipart() reads megabytes of a boundary that is nothing but dashes", () => {
  const boundary = "-".repeat(70);
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n`;
  const [read] = parseMultipart(
    `multipart/form-data; boundary=${boundary}`,
    bytes(`${head}x${"-".repeat(8_000_000)}\r\n--${boundary}--`),
  );

  expect(read?.content.length).toBe(8_000_001);
});

describe("parseMultipart() refuses", () => {
  test.each([
    ["no content type", ""],
    ["no boundary", "multipart/form-data"],
    ["an empty boundary", "multipart/form-data; boundary="],
    ["a boundary of 71 characters", `multipart/form-data; boundary=${"b".repeat(71)}`],
    ["a boundary with a line break", 'multipart/form-data; boundary="a\r\nb"'],
    ["another kind of multipart", "multipart/mixed; boundary=b"],
  ])("%s: BOUNDARY_MISSING", (_, type) => {
    expect(codeOf(`${named("a", "1")}--b--`, type)).toBe("BOUNDARY_MISSING");
  });

  const whole = `${named("a", "1")}${named("b", "2")}--b--`;
  test.each(Array.from({ length: whole.length }, (_, length) => length))(
    "a form that is cut after %i bytes: FORM_MALFORMED",
    (length) => {
      expect(codeOf(whole.slice(0, length))).toBe("FORM_MALFORMED");
    },
  );

  test.each([
    ["a part without content-disposition", part("content-type: text/plain", "x")],
    ["a part without headers", "--b\r\n\r\nx\r\n"],
    ["a part without the end of its headers", "--b\r\nx\r\n"],
    ["a part without a name", part('content-disposition: form-data; filename="x"', "x")],
    ["another disposition", part('content-disposition: attachment; name="x"', "x")],
    [
      "a header twice",
      part('content-disposition: form-data; name="x"\r\nContent-Disposition: form-data; name="y"', "x"),
    ],
    ["a parameter twice", part('content-disposition: form-data; name="x"; name="y"', "x")],
    ["a line break in a file name", part('content-disposition: form-data; name="x"; filename="a\r\nx-evil: 1"', "x")],
    ["a line feed in a header", part('content-disposition: form-data; name="x\ny"', "x")],
    ["a quote that is not closed", part('content-disposition: form-data; name="x', "x")],
    ["a folded header", part('content-disposition: form-data;\r\n name="x"', "x")],
    ["bytes that are no UTF-8", part('content-disposition: form-data; name="\xff"', "x")],
  ])("%s: FORM_MALFORMED", (_, text) => {
    expect(codeOf(`${text}--b--`)).toBe("FORM_MALFORMED");
  });

  test("ten thousand parts: TOO_MANY_PARTS", () => {
    expect(codeOf(`${named("a", "1").repeat(10_000)}--b--`)).toBe("TOO_MANY_PARTS");
  });

  test("long headers: PART_HEADERS_TOO_LARGE", () => {
    expect(codeOf(`${named("a".repeat(10_000), "1")}--b--`)).toBe("PART_HEADERS_TOO_LARGE");
  });

  test("more than its limits say", () => {
    const body = bytes(`${named("a", "1").repeat(2)}--b--`);

    expect(() => parseMultipart(TYPE, body, { maxParts: 1 })).toThrow(/more than 1 parts/);
    expect(() => parseMultipart(TYPE, body, { maxPartHeaderBytes: 10 })).toThrow(/longer than 10 bytes/);
  });
});
