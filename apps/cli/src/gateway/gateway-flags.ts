import { CliError } from "../cli-error.ts";
import { parseArguments } from "../parse-arguments.ts";
import { parsePort } from "../parse-port.ts";

/** What the flags of `claude-on-aws gateway` say. */
export interface GatewayFlags {
  /** `undefined` where it was not given. */
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly http: "auto" | "1" | undefined;
  /** Path, as given. */
  readonly config: string | undefined;
  readonly store: string | undefined;
  /** The file of a request, or `-`. */
  readonly explain: string | undefined;
  readonly json: boolean;
}

/** Where budgets can be kept. */
const STORE = /^(?:memory|sqlite:.+|postgres(?:ql)?:\/\/.+)$/s;

/**
 * Reads the flags.
 *
 * @param args The arguments.
 * @returns What they say.
 * @throws {CliError} `USAGE` on a flag that does not exist, or a value it does not take. The message holds no secret.
 */
export function parseGatewayFlags(args: readonly string[]): GatewayFlags {
  const { values } = parseArguments({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      http: { type: "string" },
      config: { type: "string" },
      store: { type: "string" },
      explain: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const { port, http, store } = values;
  if (http !== undefined && http !== "auto" && http !== "1") {
    throw new CliError("USAGE", `Cannot use --http "${http}": expected auto or 1`);
  }
  if (store !== undefined && !STORE.test(store)) {
    // The text is not repeated: the URL of a database holds its password.
    throw new CliError("USAGE", "Cannot use --store: expected memory, sqlite:FILE or postgres://USER@HOST/DATABASE");
  }
  return {
    port: port === undefined ? undefined : parsePort(port),
    host: values.host,
    http,
    config: values.config,
    store,
    explain: values.explain,
    json: values.json,
  };
}
