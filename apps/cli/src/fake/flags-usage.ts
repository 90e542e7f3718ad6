import { formatOptions, type OptionRow } from "../format-options.ts";

/** The flags that both commands have. */
const FLAGS: readonly OptionRow[] = [
  [
    "--host ADDRESS",
    "address to listen on (default 127.0.0.1). Where others can reach it, /_fake/ asks for the token that is printed at the start",
  ],
  ["--allow-host NAME", "a name in front of it with which /_fake/ may be asked; may be repeated"],
  ["--http auto|1", "auto: HTTP/1.1 and HTTP/2 on the one port; 1: HTTP/1.1 alone (default auto)"],
  ["--tls", "speak HTTPS, with a certificate authority that is made at each start"],
  ["--tls-directory DIR", "keep its certificate there (default: a temporary folder; the key is never written)"],
  [
    "--proxy",
    "be HTTPS_PROXY: answer for the AWS hosts of Claude and of the credential services, with no base URL set; refuse every other host, and list it",
  ],
  [
    "--credentials ID:SECRET[:TOKEN]",
    "an access key whose signature is accepted; may be repeated. random: a fresh one (default: the example pair of AWS's documents)",
  ],
  [
    "--api-key KEY",
    "an API key that is accepted; may be repeated (default: any but one that begins like those of another service)",
  ],
  [
    "--workspace ID[@REGION]",
    "a workspace that exists, and the region that it is bound to; may be repeated (default: any well-formed ID)",
  ],
  ["--region REGION", "the region that signatures must name (default: any)"],
  ["--model ID", "a model to serve beside the known ones; may be repeated"],
  ["--deny-model ID", "a model that this caller may not use; may be repeated"],
  [
    "--on-finding reject|record",
    "reject: answer what AWS would; record: answer as if nothing were wrong, and only note it (default reject)",
  ],
  [
    "--config FILE",
    "credentials, keys, principals with their policies, workspaces and more, as JSON; flags win over it (@claude-on-aws/fake/configuration.schema.json)",
  ],
  ["--scenario FILE", "replies, faults and timings to play (@claude-on-aws/fake/scenario.schema.json)"],
  [
    "--handlers MODULE",
    'msw handlers that answer first: the module\'s export "handlers", or its default export, is an array of them',
  ],
  [
    "--fact NAME=VALUE",
    "another answer to a question that the sources leave open; may be repeated (UNCERTAIN_FACTS of @claude-on-aws/fake lists them)",
  ],
  ["--max-exchanges N", "how many exchanges are kept and judged (default 1000)"],
  [
    "--max-buffered-bytes N",
    "how many bytes of bodies are held at once, over all connections; what comes beyond that gets 503 (default 536870912)",
  ],
  [
    "--report FILE",
    "write the conformance report to a file: .json, .xml (JUnit), .md, .txt or .html (one page with the exchanges); its folder is made; may be repeated. SIGUSR2 writes it without stopping",
  ],
  ["--provider anthropic-aws|bedrock|mantle", "what the variables switch Claude Code to (default anthropic-aws)"],
];

/**
 * Lays out the options of one of the two commands for its help.
 *
 * @param port What `--port` does there.
 * @param own The flags that it has alone.
 * @returns Lines, 80 characters wide.
 */
export const flagsUsage = (port: string, own: readonly OptionRow[]): string =>
  formatOptions([["--port NUMBER", port], ...FLAGS, ...own, ["-h, --help", "show this text"]]);
