import { expect, test } from "vitest";
import { peerMissing } from "./peer-missing.ts";

test("peerMissing() names a package that is missing, and how to install it", async () => {
  const name = "@claude-on-aws/not-there";

  await expect(import(name).catch(peerMissing(name))).rejects.toMatchObject({
    code: "PEER_MISSING",
    packageName: name,
    message: expect.stringContaining(`npm install ${name}`),
  });
});
