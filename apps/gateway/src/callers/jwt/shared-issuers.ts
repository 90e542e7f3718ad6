/** An issuer of JWTs whose subjects are everybody's, not one organization's. */
interface SharedIssuer {
  readonly host: string;
  /** Whether all of its host signs for everybody, or only the issuer without a path: others there are of one organization each. */
  readonly signsForAll: "at every path" | "without a path";
  /** Claims of which one has to be pinned to values of one's own: the token of a stranger has them otherwise. */
  readonly claims: readonly string[];
  /** Those of them that no document of the issuer was seen to name, but others' configurations for it: uncertain. */
  readonly uncertainClaims?: readonly string[];
  readonly source: string;
}

/**
 * Issuers that sign JWTs for whoever asks: what they sign says nothing until a claim is pinned that says whose it is. `sub` of GitHub Actions
 * is none of them, since whoever owns a repository chooses what stands in it.
 *
 * Read in November 2026. That there are no others is not said anywhere.
 */
const SHARED_ISSUERS: readonly SharedIssuer[] = [
  {
    host: "token.actions.githubusercontent.com",
    signsForAll: "at every path",
    claims: ["repository_id", "repository_owner_id", "repository"],
    uncertainClaims: ["repository_id", "repository_owner_id", "repository"],
    source: "https://docs.github.com/en/actions/reference/security/oidc",
  },
  {
    host: "gitlab.com",
    signsForAll: "at every path",
    claims: ["project_id", "namespace_id", "project_path", "namespace_path"],
    source: "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
  },
  {
    host: "accounts.google.com",
    signsForAll: "at every path",
    claims: ["hd", "sub", "email"],
    uncertainClaims: ["hd"],
    source: "https://developers.google.com/identity/openid-connect/openid-connect",
  },
  {
    host: "agent.buildkite.com",
    signsForAll: "at every path",
    claims: ["organization_id", "organization_slug", "pipeline_id"],
    uncertainClaims: ["pipeline_id"],
    source: "https://buildkite.com/docs/agent/cli/reference/oidc",
  },
  {
    host: "app.terraform.io",
    signsForAll: "at every path",
    claims: ["terraform_organization_id", "terraform_organization_name", "terraform_workspace_id"],
    uncertainClaims: ["terraform_organization_name"],
    source:
      "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens",
  },
  {
    host: "oidc.codefresh.io",
    signsForAll: "at every path",
    claims: ["account_id", "account_name", "pipeline_id"],
    source: "https://github.com/sigstore/fulcio/blob/main/config/identity/config.yaml",
  },
  {
    host: "oidc.circleci.com",
    signsForAll: "without a path",
    claims: ["oidc.circleci.com/org-id", "oidc.circleci.com/project-id"],
    uncertainClaims: ["oidc.circleci.com/project-id"],
    source: "https://discuss.circleci.com/t/new-oidc-custom-claims/54214",
  },
  {
    host: "oidc.vercel.com",
    signsForAll: "without a path",
    claims: ["owner_id", "project_id"],
    source: "https://vercel.com/docs/oidc/reference",
  },
];

/**
 * Finds the row of an issuer that signs for whoever asks.
 *
 * @param issuer The URL of the issuer.
 * @returns The row; `undefined` where it is none of those.
 */
export const findSharedIssuer = ({ hostname, pathname }: URL): SharedIssuer | undefined =>
  SHARED_ISSUERS.find(
    // A dot at its end is the same host.
    ({ host, signsForAll }) =>
      host === hostname.replace(/\.$/, "") && (signsForAll === "at every path" || pathname === "/"),
  );
