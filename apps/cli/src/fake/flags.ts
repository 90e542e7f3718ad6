import { type AwsCredentials, isApiKey, isRegion, isWorkspaceId } from "@claude-on-aws/endpoints";
import { type Facts, type FakeOptions, PROVIDER_SWITCHES, type SwitchedProvider } from "@claude-on-aws/fake/server";
import { CliError } from "../cli-error.ts";
import { parseArguments } from "../parse-arguments.ts";
import { parsePort } from "../parse-port.ts";
import { parseFacts } from "./parse-facts.ts";
import { parseReportFile, type ReportFile } from "./report-file.ts";

/** What the flags of `claude-on-aws fake` and `claude-on-aws fake run` say. */
export interface FakeFlags {
  /** `undefined` where it was not given. */
  readonly port: number | undefined;
  readonly host: string;
  /** Names in front of the fake. */
  readonly allowedHosts: readonly string[];
  readonly http: "auto" | "1";
  /** Whether the port speaks HTTPS, and the folder that the certificate is kept in. */
  readonly tls: boolean;
  readonly tlsDirectory: string | undefined;
  readonly proxy: boolean;
  /** `random`, the pairs given, or `undefined` for the example pair. */
  readonly credentials: "random" | readonly AwsCredentials[] | undefined;
  readonly apiKeys: readonly string[] | undefined;
  /** IDs, with the region where one is bound to it. */
  readonly workspaces: NonNullable<FakeOptions["workspaces"]> | undefined;
  readonly models: readonly string[] | undefined;
  readonly deniedModels: readonly string[] | undefined;
  readonly region: string | undefined;
  readonly onFinding: "reject" | "record" | undefined;
  readonly maxExchanges: number | undefined;
  readonly maxBufferedBytes: number | undefined;
  readonly facts: Partial<Facts>;
  readonly reports: readonly ReportFile[];
  /** Paths, as given. */
  readonly config: string | undefined;
  readonly scenario: string | undefined;
  readonly handlers: string | undefined;
  readonly provider: SwitchedProvider;
  readonly json: boolean;
  readonly github: boolean;
  /** Whether it is no failure that nothing was seen. */
  readonly allowEmpty: boolean;
  /** Beginnings of the names of clients that have to be answered. */
  readonly expected: readonly string[];
}

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string", default: "127.0.0.1" },
  "allow-host": { type: "string", multiple: true },
  http: { type: "string", default: "auto" },
  tls: { type: "boolean", default: false },
  "tls-directory": { type: "string" },
  proxy: { type: "boolean", default: false },
  credentials: { type: "string", multiple: true },
  "api-key": { type: "string", multiple: true },
  workspace: { type: "string", multiple: true },
  model: { type: "string", multiple: true },
  "deny-model": { type: "string", multiple: true },
  region: { type: "string" },
  "on-finding": { type: "string" },
  "max-exchanges": { type: "string" },
  "max-buffered-bytes": { type: "string" },
  fact: { type: "string", multiple: true },
  report: { type: "string", multiple: true },
  config: { type: "string" },
  scenario: { type: "string" },
  handlers: { type: "string" },
  provider: { type: "string", default: "anthropic-aws" },
} as const;

/** Flags that only one of the two commands has. */
const OWN_OPTIONS = {
  fake: { json: { type: "boolean" } },
  run: {
    github: { type: "boolean" },
    "allow-empty": { type: "boolean" },
    expect: { type: "string", multiple: true },
  },
} as const;

const PROVIDERS = Object.keys(PROVIDER_SWITCHES) as SwitchedProvider[];

/**
 * Reads the flags.
 *
 * @param args The arguments, up to `--`.
 * @param command Which of the two commands they were given to.
 * @returns What they say.
 * @throws {CliError} `USAGE` on a flag that does not exist, or a value it does not take. The message holds no secret.
 */
export function parseFlags(args: readonly string[], command: keyof typeof OWN_OPTIONS = "fake"): FakeFlags {
  const { values } = parseArguments({ args: [...args], options: { ...OPTIONS, ...OWN_OPTIONS[command] } });
  const own = values as OwnValues;
  return {
    port: values.port === undefined ? undefined : parsePort(values.port),
    host: values.host,
    allowedHosts: (values["allow-host"] ?? []).map(parseHostName),
    http: oneOf("--http", values.http, ["auto", "1"]),
    // A folder for the certificate makes sense with either.
    tls: values.tls || (values["tls-directory"] !== undefined && !values.proxy),
    tlsDirectory: values["tls-directory"],
    proxy: values.proxy,
    credentials: parseCredentials(values.credentials),
    apiKeys: filled("--api-key", values["api-key"])?.map(parseApiKey),
    workspaces: values.workspace?.map(parseWorkspace),
    models: filled("--model", values.model),
    deniedModels: filled("--deny-model", values["deny-model"]),
    region: values.region === undefined ? undefined : parseRegion(values.region),
    onFinding:
      values["on-finding"] === undefined
        ? undefined
        : oneOf("--on-finding", values["on-finding"], ["reject", "record"]),
    maxExchanges: parseCount("--max-exchanges", values["max-exchanges"], 0),
    maxBufferedBytes: parseCount("--max-buffered-bytes", values["max-buffered-bytes"], 1),
    facts: parseFacts(values.fact ?? []),
    reports: (values.report ?? []).map(parseReportFile),
    config: values.config,
    scenario: values.scenario,
    handlers: values.handlers,
    provider: oneOf("--provider", values.provider, PROVIDERS),
    json: own.json === true,
    github: own.github === true,
    allowEmpty: own["allow-empty"] === true,
    expected: filled("--expect", own.expect) ?? [],
  };
}

/** What the flags say that only one of the two commands has. */
interface OwnValues {
  readonly json?: boolean;
  readonly github?: boolean;
  readonly "allow-empty"?: boolean;
  readonly expect?: readonly string[];
}

/** A name, or an address, as it stands in `Host` without a port. */
function parseHostName(text: string): string {
  if (/^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])$/.test(text)) return text;
  throw new CliError(
    "USAGE",
    `Cannot use --allow-host ${JSON.stringify(text)}: expected a name such as fake.example, without a port`,
  );
}

function parseCount(flag: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,12}$/.test(text) && Number(text) >= least) return Number(text);
  throw new CliError("USAGE", `Cannot use ${flag} "${text}": expected a whole number from ${least} to 999999999999`);
}

function parseWorkspace(text: string): NonNullable<FakeFlags["workspaces"]>[number] {
  const [id, region, ...rest] = text.split("@");
  if (!id || region === "" || rest.length > 0) {
    throw new CliError("USAGE", `Cannot use --workspace "${text}": expected ID or ID@REGION`);
  }
  if (!isWorkspaceId(id)) {
    throw new CliError(
      "USAGE",
      `Cannot use --workspace "${text}": expected the ID of a workspace, which begins with wrkspc_ and goes on with letters and digits`,
    );
  }
  return region === undefined ? id : { id, region: parseRegion(region) };
}

function parseApiKey(text: string, index: number): string {
  if (isApiKey(text)) return text;
  // The text is not repeated: it may be a secret.
  throw new CliError(
    "USAGE",
    `Cannot use --api-key number ${index + 1}: expected visible characters of ASCII without a space, at most 8192`,
  );
}

function parseRegion(text: string): string {
  if (isRegion(text)) return text;
  throw new CliError("USAGE", `Cannot use the region "${text}": expected one such as us-east-1`);
}

/** A variable of the shell that is not set should not stand for a key or a model. */
function filled(flag: string, given: readonly string[] | undefined): readonly string[] | undefined {
  if (given?.every((text) => text.trim() !== "") !== false) return given;
  throw new CliError("USAGE", `Cannot use ${flag} "": expected a text that is not empty`);
}

function oneOf<const Value extends string>(flag: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new CliError("USAGE", `Cannot use ${flag} "${text}": expected ${formatChoice(values)}`);
}

const formatChoice = (values: readonly string[]): string =>
  `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;

function parseCredentials(given: readonly string[] | undefined): FakeFlags["credentials"] {
  if (given === undefined) return undefined;
  if (given.includes("random")) {
    if (given.length === 1) return "random";
    throw new CliError("USAGE", "Cannot use --credentials random together with others: expected it alone");
  }
  return given.map((text, index) => {
    // A session token may hold a colon; ID and secret do not.
    const [accessKeyId, secretAccessKey, ...token] = text.split(":");
    if (!accessKeyId || !secretAccessKey) {
      // The text is not repeated: it may be a secret.
      throw new CliError(
        "USAGE",
        `Cannot read --credentials number ${index + 1}: expected ID:SECRET or ID:SECRET:TOKEN, or random`,
      );
    }
    return { accessKeyId, secretAccessKey, ...(token.length === 0 ? {} : { sessionToken: token.join(":") }) };
  });
}
