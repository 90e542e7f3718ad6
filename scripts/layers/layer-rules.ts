/** Who may import whom, and who may do what; the rules that ARCHITECTURE.md describes. */
export interface LayerRules {
  /** Members by name, with the siblings that each may import or depend on in any way, tests included. */
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
  /** Holds cases for tests, benches and scripts; what is published never reads it. */
  readonly fixtures: string;
  /** Published files that may import a builtin module of the runtimes. */
  readonly builtinsAllowedIn: readonly RegExp[];
  /** Libraries that only some of a member's published files may import. */
  readonly confined: readonly { readonly library: string; readonly folder: string; readonly to: readonly RegExp[] }[];
}

const bedrock = "@claude-on-aws/bedrock";
const env = "@claude-on-aws/env";
const auth = "@claude-on-aws/auth";
const streaming = "@claude-on-aws/streaming";
const models = "@claude-on-aws/models";
const fetch = "@claude-on-aws/fetch";
const listen = "@claude-on-aws/listen";
const fake = "@claude-on-aws/fake";
const gateway = "@claude-on-aws/gateway";
const fixtures = "@claude-on-aws/fixtures";

const belowFetch = [env, models, bedrock, auth, streaming];

/** The rules of this workspace. */
export const layerRules: LayerRules = {
  mayImport: {
    [bedrock]: [],
    [env]: [],
    [auth]: [],
    [streaming]: [],
    [listen]: [],
    [models]: [bedrock],
    [fetch]: belowFetch,
    // Never fetch or env: it must not share the client's mistakes.
    [fake]: [models, bedrock, auth, streaming, listen],
    [gateway]: [fetch, ...belowFetch, listen],
    "claude-on-aws": [fetch, ...belowFetch, listen, fake, gateway],
    [fixtures]: [],
  },
  fixtures,
  // What listens is about sockets.
  builtinsAllowedIn: [/^apps\//, /^packages\/env\/src\/load[-/.]/, /^packages\/listen\/src\//],
  confined: [{ library: "msw", folder: "apps/fake", to: [/^src\/fake\.ts$/, /^src\/index\.ts$/, /^src\/msw\//] }],
};
