import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/** Clients that are run unmodified against the fake. */
interface TriedClient {
  /** Its packages, whose releases the catalog of clients pins; or what it is called, with its release. */
  readonly packages: readonly string[] | { readonly name: string; readonly version: string };
  /** What of AWS it asks. */
  readonly asks: string;
  /** Where it is run. */
  readonly triedBy: string;
}

const CLIENTS = (claudeCode: string): readonly TriedClient[] => [
  {
    packages: { name: "Claude Code", version: claudeCode },
    asks: "Claude Platform on AWS, Amazon Bedrock, Bedrock's Messages endpoint",
    triedBy: "scripts/claude-code",
  },
  { packages: ["@anthropic-ai/aws-sdk"], asks: "Claude Platform on AWS", triedBy: "apps/fake/test/clients" },
  {
    packages: ["@anthropic-ai/bedrock-sdk"],
    asks: "Amazon Bedrock, Bedrock's Messages endpoint",
    triedBy: "apps/fake/test/clients",
  },
  {
    packages: ["@aws-sdk/client-bedrock-runtime", "@aws-sdk/client-bedrock"],
    asks: "Amazon Bedrock: InvokeModel, Converse, models and profiles",
    triedBy: "apps/fake/test/clients",
  },
  { packages: ["@ai-sdk/amazon-bedrock", "ai"], asks: "Amazon Bedrock: Converse", triedBy: "apps/fake/test/clients" },
  {
    packages: [
      "@aws-sdk/credential-providers",
      "@aws-sdk/client-sts",
      "@aws-sdk/client-sso",
      "@aws-sdk/client-sso-oidc",
    ],
    asks: "STS, IAM Identity Center, the agents of containers and instances",
    triedBy: "apps/fake/test/credential-services",
  },
];

/**
 * Lists the clients that are run against the fake, with the releases that are pinned.
 *
 * @param catalog Package → release, of the catalog of clients.
 * @param claudeCode The release of Claude Code that is run.
 * @returns Markdown.
 * @throws {RangeError} The catalog has no such package.
 */
export function formatClients(catalog: Readonly<Record<string, string>>, claudeCode: string): string {
  const rows = CLIENTS(claudeCode).map(({ packages, asks, triedBy }) => {
    const names = "name" in packages ? `${packages.name} ${packages.version}` : packages.map(withRelease).join(", ");
    return tableRow(names, asks, `[${code(triedBy)}](${triedBy})`);
  });
  return [tableHead("client", "asks", "tried in"), ...rows].join("\n");

  function withRelease(name: string): string {
    const release = catalog[name];
    if (release === undefined) {
      throw new RangeError(`Cannot list ${name}: expected it in the catalog of clients, in pnpm-workspace.yaml`);
    }
    return `${code(name)} ${release}`;
  }
}
