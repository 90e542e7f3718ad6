import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";

/** What the clients need to know of a fake. */
export interface FakeAddress {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly workspaceId: string;
  readonly credentials: AwsCredentials;
  /** Whether the secret may be printed: not where it was given by the caller. */
  readonly printSecret: boolean;
}

type Line = readonly [name: string, value: (address: FakeAddress) => string];

/** Variables by the clients that read them. */
const BLOCKS: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: "Claude Code and the Agent SDK on Claude Platform on AWS",
    lines: [
      ["CLAUDE_CODE_USE_ANTHROPIC_AWS", () => "1"],
      ["ANTHROPIC_AWS_BASE_URL", ({ url }) => url],
      ["ANTHROPIC_AWS_WORKSPACE_ID", ({ workspaceId }) => workspaceId],
    ],
  },
  {
    title: "Claude Code and the Agent SDK on Amazon Bedrock (instead of the block above)",
    lines: [
      ["CLAUDE_CODE_USE_BEDROCK", () => "1"],
      ["ANTHROPIC_BEDROCK_BASE_URL", ({ url }) => url],
    ],
  },
  {
    title: "Anthropic's SDKs: @anthropic-ai/aws-sdk, @anthropic-ai/bedrock-sdk and its Mantle client",
    lines: [
      ["ANTHROPIC_AWS_BASE_URL", ({ url }) => url],
      ["ANTHROPIC_AWS_WORKSPACE_ID", ({ workspaceId }) => workspaceId],
      ["ANTHROPIC_BEDROCK_BASE_URL", ({ url }) => url],
      ["ANTHROPIC_BEDROCK_MANTLE_BASE_URL", ({ url }) => `${url}/anthropic`],
    ],
  },
  {
    title: "AWS's SDKs and command line",
    lines: [
      ["AWS_ENDPOINT_URL_BEDROCK_RUNTIME", ({ url }) => url],
      ["AWS_ENDPOINT_URL_BEDROCK", ({ url }) => url],
    ],
  },
];

/** The block of `export` lines that points the usual clients at a fake; comments stand between them. */
export function environmentLines(address: FakeAddress): string[] {
  return [
    "# Credentials, for all of them",
    `export AWS_REGION=${quote(address.region)}`,
    ...credentialLines(address),
    ...BLOCKS.flatMap(({ title, lines }) => [
      "",
      `# ${title}`,
      ...lines.map(([name, value]) => `export ${name}=${quote(value(address))}`),
    ]),
  ];
}

function credentialLines({ credentials, printSecret }: FakeAddress): string[] {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const id = `export AWS_ACCESS_KEY_ID=${quote(accessKeyId)}`;
  if (!printSecret) return [id, "# AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: as given with --credentials"];
  return [
    id,
    `export AWS_SECRET_ACCESS_KEY=${quote(secretAccessKey)}`,
    sessionToken === undefined ? "unset AWS_SESSION_TOKEN" : `export AWS_SESSION_TOKEN=${quote(sessionToken)}`,
  ];
}

/** A word for the shell: quoted where it holds anything that a shell might read. */
const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
