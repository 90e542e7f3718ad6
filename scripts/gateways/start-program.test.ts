import { expect, test } from "vitest";
import { startProgram } from "./start-program.ts";

const ENVIRONMENT = { PATH: process.env["PATH"], SAYS: "rea" };

const sh = (line: string): readonly string[] => ["sh", "-c", line];

test("startProgram() waits for what a program says on either stream, and ends it", async () => {
  const line = "echo one; printf $SAYS >&2; printf dy >&2; exec sleep 600";
  const program = await startProgram(sh(line), ENVIRONMENT, (output) => output.includes("ready"));

  expect(program.output).toContain("one\n");
  await program.close();
  await expect(program.close()).resolves.toBeUndefined();
});

test("startProgram() throws where a program ends before it is ready, with what it said", async () => {
  await expect(startProgram(sh("echo no such file; exit 1"), ENVIRONMENT, () => false)).rejects.toThrow(
    "Cannot start sh: it ended.\nno such file",
  );
});

test("startProgram() throws where there is no such program", async () => {
  await expect(startProgram(["a-program-that-nobody-has"], ENVIRONMENT, () => false)).rejects.toThrow(
    "Cannot start a-program-that-nobody-has: ",
  );
});

test("startProgram() holds no more of a loud program than its end", async () => {
  const line = "head -c 300000 /dev/zero | tr '\\0' x; echo ready; exec sleep 600";
  const program = await startProgram(sh(line), ENVIRONMENT, (output) => output.endsWith("ready\n"));

  expect(program.output.length).toBe(65_536);
  await program.close();
});
