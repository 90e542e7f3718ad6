import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { findMissing, isOnJsr, isOnNpm, type Registries } from "./published-versions.ts";

/** Both registries on one port, which have these paths. */
async function serve(answers: Readonly<Record<string, number>>): Promise<Registries> {
  const server = createServer(({ url = "" }, response) => response.writeHead(answers[url] ?? 404).end("{}"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { npm: `http://127.0.0.1:${port}/npm`, jsr: `http://127.0.0.1:${port}/jsr`, fetch };
}

const AUTH = { npmName: "@claude-on-aws/auth", jsrName: "@claude-on-aws/auth", version: "1.0.0" };
const COMMAND = { npmName: "claude-on-aws", jsrName: "@claude-on-aws/cli", version: "2.0.0" };

test("says which registry lacks which version", async () => {
  const registries = await serve({
    [`/npm/@claude-on-aws%2Fauth/${AUTH.version}`]: 200,
    [`/npm/claude-on-aws/${COMMAND.version}`]: 200,
    [`/jsr/@claude-on-aws/cli/${COMMAND.version}_meta.json`]: 200,
  });

  expect(await findMissing([AUTH, COMMAND], registries)).toEqual([`JSR lacks @claude-on-aws/auth@${AUTH.version}`]);
  expect(await isOnNpm(AUTH, registries)).toBe(true);
  expect(await isOnJsr(AUTH, registries)).toBe(false);
});

test("takes a failing registry for no answer", async () => {
  const registries = await serve({ [`/npm/claude-on-aws/${COMMAND.version}`]: 503 });

  await expect(isOnNpm(COMMAND, registries)).rejects.toThrow(/Cannot ask .*: status 503, expected 200 or 404/);
});
