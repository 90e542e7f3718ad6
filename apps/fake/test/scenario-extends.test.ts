import { describe, expect, test } from "vitest";
import { createFakeCore, parseScenario, type ScenarioSource } from "../src/server.ts";
import { askFor, readMessage } from "./support/message-forms.ts";

/** Reads from files that are texts; what one names stands beside it. */
const reading =
  (files: Readonly<Record<string, object>>) =>
  (reference: string): ScenarioSource => ({ path: reference, text: JSON.stringify(files[reference]) });

const row = (text: string, more: object = {}): object => ({ ...more, reply: { text } });

describe("extends", () => {
  test("asks the own rows first, then those of each file in order, each file once", () => {
    const readScenario = reading({
      "b.json": { extends: "d.json", replies: [row("b", { name: "named" })] },
      "c.json": { extends: "d.json", scope: "credentials", replies: [row("c")] },
      "d.json": { scope: "path", replies: [row("d")] },
    });
    const json = JSON.stringify({ extends: ["b.json", "c.json"], replies: [row("a")] });
    expect(parseScenario(json, { path: "a.json", readScenario })).toEqual({
      scope: "path",
      replies: [
        { reply: { text: "a" } },
        { name: "named", reply: { text: "b" } },
        { name: "d.json replies[0]", reply: { text: "d" } },
        { name: "c.json replies[0]", reply: { text: "c" } },
      ],
    });
  });

  test("names the file of what is wrong", () => {
    const readScenario = reading({ "b.json": { replies: [{}] } });
    expect(() => parseScenario('{ "extends": "b.json" }', { readScenario })).toThrow(
      expect.objectContaining({
        file: "b.json",
        path: "replies[0]",
        message: expect.stringContaining("Cannot read scenario b.json at replies[0]: found no reply"),
      }),
    );
  });

  test("is refused in a circle, with the chain, and where nothing reads files", () => {
    const readScenario = reading({ "b.json": { extends: "c.json" }, "c.json": { extends: "b.json" } });
    expect(() => parseScenario('{ "extends": "b.json" }', { path: "a.json", readScenario })).toThrow(
      "found a circle, b.json → c.json → b.json",
    );
    expect(() => parseScenario('{ "extends": "a.json" }', { path: "a.json", readScenario: reading({}) })).toThrow(
      "found a circle, a.json → a.json",
    );
    expect(() => parseScenario('{ "extends": "b.json" }')).toThrow("pass readScenario");
  });

  test("is refused where there is no end to it", () => {
    const readScenario = (reference: string): ScenarioSource => ({
      path: reference,
      text: JSON.stringify({ extends: `${Number(reference) + 1}` }),
    });
    expect(() => parseScenario('{ "extends": "1" }', { readScenario })).toThrow("found more than 256 files");
  });

  test("lets a row of a base answer, by its name", async () => {
    const readScenario = reading({ "base.json": { replies: [row("of the base")] } });
    const scenario = parseScenario('{ "extends": "base.json" }', { readScenario });
    const reply = await askFor(createFakeCore({ scenario }), "message");
    expect((await readMessage(reply, "message")).content).toEqual([{ type: "text", text: "of the base" }]);
    expect(reply.headers).toContainEqual(["x-claude-on-aws-row", "base.json replies[0]"]);
  });
});
