import { runCommand } from "@claude-on-aws/auth/command";
import { existsSync } from "node:fs";

/** Where Debian puts it. */
const AWS = process.env["AWS_CLI_PATH"] ?? "/usr/bin/aws";

/** AWS's own command line. */
export interface AwsCommand {
  readonly path: string;
  /** Whether it signs in with a code on a page unless told otherwise: since 2.22 it has to be told. */
  readonly loginFlags: readonly string[];
}

/** Finds AWS's command line, version 2: the first does not sign in to IAM Identity Center. */
export async function findAwsCommand(): Promise<AwsCommand | { readonly missing: string }> {
  if (!existsSync(AWS)) {
    return { missing: `there is no ${AWS}; "apt-get install awscli", or name one in AWS_CLI_PATH` };
  }
  const { stdout } = await runCommand([AWS, "--version"]);
  const [, major = "0", minor = "0"] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (Number(major) < 2) return { missing: `${AWS} is version ${major}, which does not sign in` };
  return { path: AWS, loginFlags: Number(major) === 2 && Number(minor) < 22 ? [] : ["--use-device-code"] };
}
