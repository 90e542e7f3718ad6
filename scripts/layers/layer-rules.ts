/** Rooms on one floor: folders such as `src/terms/`, or single files such as `src/fake.ts`. */
export type Floor = readonly string[];

/** Published files that may import a builtin module of the runtimes. */
interface BuiltinException {
  /** A member such as `packages/env`, or a folder of members such as `apps/`. */
  readonly folder: string;
  /** Which of its files, from the folder of the member. */
  readonly files: RegExp;
  /** Shown where another file of the same member imports one. */
  readonly why: string;
}

/** Members that may import every other, the fixtures too. They are private: nothing of them is published. */
interface FreeMembers {
  /** A member such as `apps/end-to-end`, or a folder of members such as `examples/`. */
  readonly folder: string;
  readonly why: string;
}

/** Who may import whom, and who may do what; ARCHITECTURE.md shows it. */
export interface LayerRules {
  /** Members by name, with the siblings that each may import or depend on in any way, tests included. */
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
  /** What else is to be said about the row of a member. */
  readonly notes: Readonly<Record<string, string>>;
  readonly mayImportAll: readonly FreeMembers[];
  /** Holds cases for tests, benches and scripts; what is published never reads it. */
  readonly fixtures: string;
  readonly builtinsAllowedIn: readonly BuiltinException[];
  /** Libraries that only some of a member's published files may import. */
  readonly confined: readonly { readonly library: string; readonly folder: string; readonly to: readonly RegExp[] }[];
  /**
   * Members by name, with their rooms: one floor after the other, from the ground up. A file belongs to the longest path
   * that it begins with, so a room inside of another may lie on a floor of its own. No file imports one of a room above
   * its own or of another room on its floor, types included, and each published file belongs to a room. Tests are free.
   */
  readonly rooms: Readonly<Record<string, readonly Floor[]>>;
  /** Members by name whose files may import each other in a circle as long as it is closed by types alone. */
  readonly typeCirclesAllowedIn: readonly string[];
}

const ENDPOINTS = "@claude-on-aws/endpoints";
const BEDROCK = "@claude-on-aws/bedrock";
const ENV = "@claude-on-aws/env";
const AUTH = "@claude-on-aws/auth";
const STREAMING = "@claude-on-aws/streaming";
const MODELS = "@claude-on-aws/models";
const FETCH = "@claude-on-aws/fetch";
const LISTEN = "@claude-on-aws/listen";
const FAKE = "@claude-on-aws/fake";
const GATEWAY = "@claude-on-aws/gateway";
const CLI = "claude-on-aws";
const FIXTURES = "@claude-on-aws/fixtures";

const BELOW_FETCH = [ENDPOINTS, ENV, MODELS, BEDROCK, AUTH, STREAMING];

/** The rules of this workspace. */
export const LAYER_RULES: LayerRules = {
  mayImport: {
    [ENDPOINTS]: [],
    [STREAMING]: [],
    [LISTEN]: [],
    [BEDROCK]: [ENDPOINTS],
    [ENV]: [ENDPOINTS],
    [AUTH]: [ENDPOINTS],
    [MODELS]: [ENDPOINTS, BEDROCK],
    [FETCH]: BELOW_FETCH,
    [FAKE]: [ENDPOINTS, MODELS, BEDROCK, AUTH, STREAMING, LISTEN],
    [GATEWAY]: [FETCH, ...BELOW_FETCH, LISTEN],
    [CLI]: [FETCH, ...BELOW_FETCH, LISTEN, FAKE, GATEWAY],
    [FIXTURES]: [],
  },
  notes: {
    [FAKE]: "never `fetch` or `env`: it must not share the client's mistakes",
    [FIXTURES]: "only tests, benches and scripts import it",
  },
  mayImportAll: [{ folder: "apps/end-to-end", why: "its tests compare what several members say of one request" }],
  fixtures: FIXTURES,
  builtinsAllowedIn: [
    { folder: "apps/", files: /^src\//, why: "a program opens sockets, reads files and starts commands" },
    {
      folder: "packages/env",
      files: /^src\/load[-/.]/,
      why: "the entry env/load is the edge: it reads the settings and the AWS files from disk",
    },
    { folder: "packages/listen", files: /^src\//, why: "it opens sockets" },
  ],
  confined: [{ library: "msw", folder: "apps/fake", to: [/^src\/fake\.ts$/, /^src\/index\.ts$/, /^src\/msw\//] }],
  rooms: {
    [GATEWAY]: [
      ["src/gateway-error.ts", "src/terms/"],
      ["src/peer-missing.ts"],
      ["src/settings/"],
      ["src/refusals/", "src/configuration/"],
      ["src/routes/", "src/callers/", "src/budgets/", "src/upstreams/", "src/audit/", "src/admission/"],
      ["src/forward/", "src/metrics/"],
      ["src/gateway-parts.ts"],
      ["src/exchange/"],
      ["src/handle.ts", "src/explain/"],
      ["src/create-gateway.ts"],
      ["src/serve/"],
      ["src/index.ts"],
    ],
    [AUTH]: [
      ["src/errors.ts", "src/join-bytes.ts"],
      ["src/sigv4/", "src/peer-missing.ts", "src/command/"],
      [
        "src/credential-source.ts",
        "src/cache-credentials.ts",
        "src/keys/",
        "src/iam/",
        "src/diagnose/",
        "src/aws4fetch/",
        "src/smithy/",
      ],
      ["src/credentials/", "src/fetch/"],
      ["src/index.ts"],
    ],
    [FAKE]: [
      ["src/text/"],
      ["src/input/"],
      ["src/terms/"],
      ["src/models/"],
      ["src/principals/"],
      ["src/settings/"],
      ["src/stores/"],
      ["src/exchange/"],
      ["src/redact/"],
      ["src/answer/"],
      ["src/respond/"],
      ["src/validate/"],
      ["src/operations/"],
      ["src/configure/"],
      ["src/route/"],
      ["src/verify/"],
      ["src/authorize/"],
      ["src/checks.ts"],
      ["src/scenario/"],
      ["src/record/"],
      ["src/pipeline/"],
      ["src/credential-services/"],
      ["src/handle.ts"],
      ["src/evidence/"],
      ["src/rules/"],
      ["src/judge/"],
      ["src/report/"],
      ["src/create/"],
      ["src/control/", "src/proxy/", "src/tls/", "src/environment/", "src/msw/"],
      ["src/serve/"],
      ["src/fake.ts"],
      ["src/testing/", "src/gateway-checks/"],
      ["src/gateway-checks.ts", "src/index.ts", "src/server.ts", "src/verifier.ts", "src/testing.ts", "src/vitest.ts"],
    ],
  },
  typeCirclesAllowedIn: [FAKE],
};
