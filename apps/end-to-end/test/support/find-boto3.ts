import { runCommand } from "@claude-on-aws/auth/command";

/** Which Python is asked for it. */
const PYTHON = process.env["PYTHON_PATH"] ?? "python3";

/** AWS's SDK for Python. */
export interface Boto3 {
  readonly python: string;
  readonly version: string;
}

/** It reads `AWS_BEARER_TOKEN_BEDROCK`, and counts tokens, since then. */
const NEEDED = [1, 40] as const;

/** Finds AWS's SDK for Python, in a version that shows Amazon Bedrock a bearer token. */
export async function findBoto3(): Promise<Boto3 | { readonly missing: string }> {
  const asked = await runCommand([PYTHON, "-c", "import boto3; print(boto3.__version__)"]).catch(() => undefined);
  if (asked === undefined || asked.status !== 0) {
    return { missing: `${PYTHON} has no boto3; install it, or name a Python that has it in PYTHON_PATH` };
  }
  const version = asked.stdout.trim();
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  return isNew
    ? { python: PYTHON, version }
    : { missing: `boto3 ${version} shows Amazon Bedrock no bearer token; ${NEEDED.join(".")} does` };
}
