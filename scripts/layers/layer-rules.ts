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

const endpoints = "@claude-on-aws/endpoints";
const bedrock = "@claude-on-aws/bedrock";
const env = "@claude-on-aws/env";
const auth = "@claude-on-aws/auth";
const streaming = "@claude-on-aws/streaming";
const models = "@claude-on-aws/models";
const fetch = "@claude-on-aws/fetch";
const fake = "@claude-on-aws/fake";
const gateway = "@claude-on-aws/gateway";
const fixtures = "@claude-on-aws/fixtures";

const belowFetch = [endpoints, env, models, bedrock, auth, streaming];

/** The rules of this workspace. */
export const layerRules: LayerRules = {
  mayImport: {
    [endpoints]: [],
    [streaming]: [],
    [bedrock]: [endpoints],
    [env]: [endpoints],
    [auth]: [endpoints],
    [models]: [endpoints, bedrock],
    [fetch]: belowFetch,
    // Never fetch or env: it must not share the client's mistakes.
    [fake]: [endpoints, models, bedrock, auth, streaming],
    [gateway]: [fetch, ...belowFetch],
    "claude-on-aws": [fetch, ...belowFetch, fake, gateway],
    [fixtures]: [],
  },
  fixtures,
  builtinsAllowedIn: [/^apps\//, /^packages\/env\/src\/load[-/.]/],
  confined: [{ library: "msw", folder: "apps/fake", to: [/^src\/fake\.ts$/, /^src\/index\.ts$/, /^src\/msw\//] }],
};
