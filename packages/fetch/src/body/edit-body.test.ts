import { expect, test } from "vitest";
import { editBody } from "./edit-body.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (body: Uint8Array): string => new TextDecoder().decode(body);

test("editBody() changes the bytes of its edits alone, and says where they are", () => {
  const body = bytes('{"model":"opus","x":"é","stream":true}');
  const edited = editBody(body, [
    { start: 9, end: 15, json: '"claude-é"' },
    { start: 34, end: 38, json: "false" },
  ]);

  expect(text(edited.body)).toBe('{"model":"claude-é","x":"é","stream":false}');
  expect(edited.ranges.map(({ start, end }) => text(edited.body.subarray(start, end)))).toEqual([
    '"claude-é"',
    "false",
  ]);
});

test("editBody() gives the body itself where there is nothing to change", () => {
  const body = bytes("{}");

  expect(editBody(body, [])).toEqual({ body, ranges: [] });
  expect(editBody(body, []).body).toBe(body);
});
