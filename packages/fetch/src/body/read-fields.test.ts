import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, json, property, tuple, array, string, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { readFields } from "./read-fields.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const valuesOf = (body: Uint8Array): unknown => {
  const { model, stream, max_tokens } = readFields(body);
  return { model: model?.value, stream: stream?.value, max_tokens: max_tokens?.value };
};
const codeOf = (body: Uint8Array): unknown => {
  try {
    readFields(body);
    return undefined;
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe("readFields()", () => {
  test("reads what decides, and where it stands", () => {
    const body = bytes(
      ' {"max_tokens" : 12e1 ,"messages":[{"model":"no","a":"}\\"]"}],\n"stream":true,"mod\\u0065l":"café"}\t',
    );
    const { model, stream, max_tokens } = readFields(body);

    expect([model?.value, stream?.value, max_tokens?.value]).toEqual(["café", true, 120]);
    expect(new TextDecoder().decode(body.subarray(model?.start, model?.end))).toBe('"café"');
  });

  test.each(["{}", " { } ", '{"a":1}', '{"messages":{"model":"nested"}}'])("finds nothing in %s", (text) => {
    expect(valuesOf(bytes(text))).toEqual({});
  });

  test("gives null for a value of another kind", () => {
    expect(valuesOf(bytes('{"model":["a"],"stream":"true","max_tokens":null}'))).toEqual({
      model: null,
      stream: null,
      max_tokens: null,
    });
  });

  test.each([
    '{"model":"a","model":"a"}',
    '{"model":"a","messages":[],"mod\\u0065l":"b"}',
    '{"\\u006d\\u006f\\u0064\\u0065\\u006c":"a","model":"b"}',
    '{"stream":true,"stream":1}',
    '{"max_tokens":1,"max\\u005ftokens":2}',
    '{"model":{},"model":"b"}',
  ])("refuses %s, which says two things", (text) => {
    expect(codeOf(bytes(text))).toBe("BODY_KEY_REPEATED");
  });

  test.each([
    '{"Model":"a"}',
    '{"MAX_TOKENS":1}',
    '{"\\u017ftream":true}',
    '{"max_to\u212Aens":1}',
    '{"model":"a","MODEL":"b"}',
  ])("refuses %s, which not everybody reads alike", (text) => {
    expect(codeOf(bytes(text))).toBe("BODY_KEY_MISSPELLED");
  });

  test.each([
    "",
    "[]",
    "null",
    '"model"',
    '{"model"}',
    '{"model":}',
    '{"model":"a"',
    '{"model":"a",}',
    '{"model":"a"}}',
    '{"model":"a"} {}',
    "{model:1}",
    '{"model":"a" "b":1}',
    '{"max_tokens":01}',
    '{"stream":tru}',
    '{"a":"unfinished',
    '{"a":[[}',
    '\uFEFF{"model":"a"}',
    '{"a":"\\"}',
  ])("refuses %s, which is no JSON object", (text) => {
    expect(codeOf(bytes(text))).toBe("BODY_MALFORMED");
  });

  test("refuses a model that is not UTF-8", () => {
    expect(codeOf(Uint8Array.from([...bytes('{"model":"'), 0xff, ...bytes('"}')]))).toBe("BODY_MALFORMED");
  });

  test("agrees with JSON.parse() on every object that it reads", () => {
    const key = constantFrom("model", "stream", "max_tokens", "messages", "Model", "a");
    const member = tuple(key, json());
    const inProperty = property(array(member, { maxLength: 6 }), (members) => {
      const text = `{${members.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(" ,")}}`;
      if (codeOf(bytes(text)) !== undefined) return;
      const whole = JSON.parse(text) as Record<string, unknown>;
      const read = valuesOf(bytes(text)) as Record<string, unknown>;
      for (const [name, kind] of Object.entries({ model: "string", stream: "boolean", max_tokens: "number" })) {
        const value = whole[name];
        expect(read[name]).toEqual(value === undefined ? undefined : typeof value === kind ? value : null);
      }
    });
    assert(inProperty, soakProperty(100_000, 2000));
  });

  test("reads or refuses whatever bytes it is given", () => {
    const either = property(
      string({ unit: constantFrom("{", "}", '"', "\\", ",", ":", "[", "]", "model", " ", "1") }),
      (text) => {
        const code = codeOf(bytes(`{${text}`));
        expect([undefined, "BODY_MALFORMED", "BODY_KEY_REPEATED"]).toContain(code);
      },
    );
    assert(either, soakProperty(100_000, 2000));
    assert(
      property(uint8Array(), (body) => void codeOf(body)),
      soakProperty(100_000, 1000),
    );
  });
});
