import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { parseArgs } from "node:util";

/** What the flags of `claude-on-aws fake` say. */
export interface FakeFlags {
  readonly port: number;
  readonly host: string;
  readonly http: "auto" | "1";
  /** `random`, the pairs given, or `undefined` for the example pair. */
  readonly credentials: "random" | readonly AwsCredentials[] | undefined;
  readonly apiKeys: readonly string[] | undefined;
  readonly workspaces: readonly string[] | undefined;
  readonly models: readonly string[] | undefined;
  readonly region: string | undefined;
  readonly onFinding: "reject" | "record";
}

/**
 * Reads the flags.
 *
 * @throws {TypeError} on a flag that does not exist, or a value it does not take. The message holds no secret.
 */
export function parseFlags(args: readonly string[]): FakeFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "4242" },
      host: { type: "string", default: "127.0.0.1" },
      http: { type: "string", default: "auto" },
      credentials: { type: "string", multiple: true },
      "api-key": { type: "string", multiple: true },
      workspace: { type: "string", multiple: true },
      model: { type: "string", multiple: true },
      region: { type: "string" },
      "on-finding": { type: "string", default: "reject" },
    },
  });
  return {
    port: parsePort(values.port),
    host: values.host,
    http: oneOf("--http", values.http, ["auto", "1"]),
    credentials: parseCredentials(values.credentials),
    apiKeys: values["api-key"],
    workspaces: values.workspace,
    models: values.model,
    region: values.region,
    onFinding: oneOf("--on-finding", values["on-finding"], ["reject", "record"]),
  };
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new TypeError(`Cannot use port "${text}": expected a whole number from 0 to 65535`);
}

function oneOf<const Value extends string>(flag: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new TypeError(`Cannot use ${flag} "${text}": expected ${values.join(" or ")}`);
}

function parseCredentials(given: readonly string[] | undefined): FakeFlags["credentials"] {
  if (given === undefined) return undefined;
  if (given.includes("random")) {
    if (given.length === 1) return "random";
    throw new TypeError("Cannot use --credentials random together with others: expected it alone");
  }
  return given.map((text, index) => {
    // A session token may hold a colon; ID and secret do not.
    const [accessKeyId, secretAccessKey, ...token] = text.split(":");
    if (!accessKeyId || !secretAccessKey) {
      // The text is not repeated: it may be a secret.
      throw new TypeError(
        `Cannot read --credentials number ${index + 1}: expected ID:SECRET or ID:SECRET:TOKEN, or random`,
      );
    }
    return { accessKeyId, secretAccessKey, ...(token.length === 0 ? {} : { sessionToken: token.join(":") }) };
  });
}
