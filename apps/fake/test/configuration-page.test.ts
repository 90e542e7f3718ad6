import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createFake, parseConfiguration } from "../src/index.ts";

const page = await readFile(fileURLToPath(new URL("../../../docs/permissions.md", import.meta.url)), "utf8");

test("the configuration in docs/permissions.md is one that a fake takes", async () => {
  const [, json = ""] = /```json\n(.*?)```/s.exec(page) ?? [];
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
