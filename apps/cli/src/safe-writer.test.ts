import { escapeForTerminal } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import { createSafeWriter } from "./safe-writer.ts";

const written = (parts: readonly string[]): string => {
  let text = "";
  const writer = createSafeWriter((part) => (text += part));
  for (const part of parts) writer.write(part);
  writer.flush();
  return text;
};

describe("createSafeWriter()", () => {
  test.each([
    "::error::no\nstd::vector ::x\n  ::warning::no\n\n\t::add-mask::x",
    "#[x] ##[command]rm\n## heading\n###[error]x ##",
    "red \u001B[31m, \u202E turned, :: and ##",
    "a: \n:: b:\n : :",
  ])("writes %j as in one piece, wherever it is cut", (text) => {
    const whole = escapeForTerminal(text, false);
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        expect(written([text.slice(0, first), text.slice(first, second), text.slice(second)])).toBe(whole);
      }
    }
    expect(written([...text])).toBe(whole);
  });

  test("does not wait with what is harmless", () => {
    const parts: string[] = [];
    const writer = createSafeWriter((part) => void parts.push(part));
    for (const part of ["Good", " morning", ", Claude"]) writer.write(part);

    expect(parts).toEqual(["Good", " morning", ", Claude"]);
  });
});
