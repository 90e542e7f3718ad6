import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createFake, parseConfiguration } from "../src/index.ts";

const readme = await readFile(fileURLToPath(new URL("../README.md", import.meta.url)), "utf8");

test("the configuration in the README is one that a fake takes", async () => {
  const [, json = ""] = /```json\n(.*?)```/s.exec(readme) ?? [];
  const asked: string[] = [];
  const options = parseConfiguration(json, {
    readPolicy: (path) => {
      asked.push(path);
      return `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }`;
    },
  });

  expect(options.principals?.map((principal) => principal.name)).toEqual(["alice"]);
  expect(asked).toEqual(["./policy.json"]);
  await createFake(options).close();
});
