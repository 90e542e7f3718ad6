import { RUNTIME_CACHES } from "@claude-on-aws/fixtures";
import type { FakeServer } from "@claude-on-aws/fake/server";
import { createClientEnvironment, EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CONFIG = `[sso-session team]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
sso_registration_scopes = sso:account:access

[profile work]
sso_session = team
sso_account_id = 123456789012
sso_role_name = Reader
region = us-east-1
`;

/** How the runtime of the test runs a file of this folder. */
export function runtimeCommand(file: string, ...args: string[]): readonly [string, ...string[]] {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return [process.execPath, ...("Deno" in globalThis ? ["run", "--allow-all", "--quiet"] : []), path, ...args];
}

/** A home of somebody who has a profile of IAM Identity Center, and has not signed in. */
export interface AwsHome {
  /** The whole environment of what is run in it: everything goes through the proxy of a fake, nothing has credentials. */
  readonly env: (server: FakeServer, decision?: "allow" | "deny") => Readonly<Record<string, string | undefined>>;
  readonly remove: () => Promise<void>;
}

/** Makes one, whose browser presses a button by itself. */
export async function makeAwsHome(): Promise<AwsHome> {
  const home = await mkdtemp(join(tmpdir(), "aws-home-"));
  await mkdir(join(home, ".aws"));
  await writeFile(join(home, ".aws/config"), CONFIG);
  return {
    env: (server, decision = "allow") => ({
      PATH: process.env["PATH"],
      ...RUNTIME_CACHES,
      NO_COLOR: "1",
      // Python's output is encoded as this says.
      LC_ALL: "C.UTF-8",
      ...createClientEnvironment({
        ...server,
        region: "us-east-1",
        workspaceId: "wrkspc_1",
        credentials: EXAMPLE_CREDENTIALS,
      }),
      HOME: home,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_PROFILE: "work",
      AWS_EC2_METADATA_DISABLED: "true",
      BROWSER: [...runtimeCommand("confirm-sign-in.ts", decision), "%s"].join(" "),
    }),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
