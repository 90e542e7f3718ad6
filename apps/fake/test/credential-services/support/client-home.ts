import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A home directory of a test, thrown away after it. */
export interface ClientHome {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Makes a home directory that holds files, by their path inside it. */
export async function makeClientHome(files: Readonly<Record<string, string>>): Promise<ClientHome> {
  const path = await mkdtemp(join(tmpdir(), "claude-on-aws-home-"));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Where AWS's tools keep the token of a session of Identity Center. */
export const ssoTokenFile = (session: string): string =>
  `.aws/sso/cache/${createHash("sha1").update(session).digest("hex")}.json`;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A web identity token that nobody signed. */
export const webIdentityToken = (claims: object): string =>
  `${encode({ alg: "RS256" })}.${encode(claims)}.c2lnbmF0dXJl`;
