import { describe, expect, test } from "vitest";
import { hasForbiddenCharacter } from "./resolve-filename.ts";

describe("hasForbiddenCharacter()", () => {
  test.each(["a<b", "a\u0000b", "a\u001F", "\u007F", "a\u0080b", "a\u009F"])("is true of %j", (name) => {
    expect(hasForbiddenCharacter(name)).toBe(true);
  });

  test.each(["a b~.txt", "a\u00A0b", "é.txt", "図.png", "😀.txt"])("is false of %j", (name) => {
    expect(hasForbiddenCharacter(name)).toBe(false);
  });
});
