import { expect, test } from "vitest";
import type { CommandResult } from "../shared/run-command.ts";
import { askReleases } from "./ask-releases.ts";

const answering = (status: number, output: string) => {
  const commands: (readonly string[])[] = [];
  const run = (command: readonly string[]): Promise<CommandResult> => {
    commands.push(command);
    return Promise.resolve({ status, output, elapsedMs: 1 });
  };
  return { commands, options: { folder: "/", environment: {}, run } };
};

test("askReleases() reads what npm prints", async () => {
  const times = { created: "2026-01-01T00:00:00Z", "1.0.0": "2026-02-01T00:00:00Z" };
  const { commands, options } = answering(
    0,
    JSON.stringify({ time: { ...times, unpublished: {} }, "dist-tags.latest": "1.0.0" }),
  );
  expect(await askReleases("@a/b", options)).toEqual({ latest: "1.0.0", times });
  expect(commands[0]?.slice(0, 5)).toEqual(["npm", "view", "@a/b", "time", "dist-tags.latest"]);
});

test.each([
  [1, '{"error":{"code":"E404"}}'],
  [0, ""],
  [0, "null"],
  [0, "[]"],
  [0, '{"time":null,"dist-tags.latest":"1.0.0"}'],
  [0, '{"time":{"1.0.0":"2026-02-01T00:00:00Z"}}'],
])("says what npm did where it is something else: %i %s", async (status, output) => {
  await expect(askReleases("@a/b", answering(status, output).options)).rejects.toThrow(
    `Cannot learn the releases of @a/b: npm ended with status ${status}`,
  );
});
