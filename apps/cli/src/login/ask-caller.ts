import { authFetch } from "@claude-on-aws/auth";
import { type AwsCredentials, partitionOfRegion } from "@claude-on-aws/endpoints";
import { CliError } from "../cli-error.ts";
import { readBeginning } from "../send/read-beginning.ts";

/** Who credentials belong to. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Where STS is, and who asks. */
export interface AskCallerOptions {
  readonly credentials: AwsCredentials;
  readonly region: string;
  /** For `AWS_ENDPOINT_URL_STS` and `AWS_ENDPOINT_URL`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /**
   * How long it may take, in milliseconds.
   *
   * @default {30_000}
   */
  readonly timeoutMs?: number | undefined;
}

const MAX_ANSWER_BYTES = 65_536;

/**
 * Asks STS who credentials belong to. No policy can forbid that.
 *
 * @param options The credentials.
 * @returns The caller.
 * @throws {CliError} `STS_REFUSED` in the words of STS, `STS_UNREACHABLE`.
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html | GetCallerIdentity}
 */
export async function askCaller(options: AskCallerOptions): Promise<Caller> {
  const { credentials, region, env, signal, timeoutMs = 30_000 } = options;
  const url =
    env["AWS_ENDPOINT_URL_STS"] ||
    env["AWS_ENDPOINT_URL"] ||
    `https://sts.${region}.${partitionOfRegion(region).dnsSuffix}`;
  const fetch = authFetch({ credentials, service: "sts", region });
  const limit = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(`${url.replace(/\/$/, "")}/`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: "Action=GetCallerIdentity&Version=2011-06-15",
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new CliError(
      "STS_UNREACHABLE",
      `Cannot ask ${url} who the credentials belong to: ${(cause as Error).message}; see that AWS_REGION is right and the host is reached`,
      { cause },
    );
  }
  const text = await readBeginning(response.body, MAX_ANSWER_BYTES);
  const [account, arn] = [elementOf(text, "Account"), elementOf(text, "Arn")];
  if (response.ok && account !== undefined && arn !== undefined) return { account, arn };
  const [code, message] = [elementOf(text, "Code"), elementOf(text, "Message")];
  throw new CliError(
    "STS_REFUSED",
    `Cannot find out who the credentials belong to: STS answered ${response.status} ${code ?? ""}: ${message ?? "without words"}`,
  );
}

/** The text of the first element of a name; those of this answer hold no elements and need no escapes. */
function elementOf(xml: string, name: string): string | undefined {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  return start < 0 || end < 0 ? undefined : xml.slice(start + name.length + 2, end);
}
