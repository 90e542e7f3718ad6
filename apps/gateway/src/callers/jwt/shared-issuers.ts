/** An issuer of JWTs whose subjects are everybody's, not one organization's. */
interface SharedIssuer {
  readonly host: string;
  /** Claims of which one has to be pinned to values of one's own: the token of a stranger has them otherwise. */
  readonly claims: readonly string[];
  readonly source: string;
}

/**
 * Issuers that sign JWTs for whoever asks: what they sign says nothing until a claim is pinned that says whose it is. `sub` of GitHub Actions
 * is none of them, since whoever owns a repository chooses what stands in it.
 *
 * Read in November 2026.
 */
export const SHARED_ISSUERS: readonly SharedIssuer[] = [
  {
    host: "token.actions.githubusercontent.com",
    claims: ["repository_id", "repository_owner_id", "repository"],
    source: "https://docs.github.com/en/actions/reference/security/oidc",
  },
  {
    host: "gitlab.com",
    claims: ["project_id", "namespace_id", "project_path", "namespace_path"],
    source: "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
  },
  {
    host: "accounts.google.com",
    claims: ["hd", "sub", "email"],
    source: "https://developers.google.com/identity/openid-connect/openid-connect",
  },
  {
    host: "agent.buildkite.com",
    claims: ["organization_id", "organization_slug", "pipeline_id"],
    source: "https://buildkite.com/docs/agent/cli/reference/oidc",
  },
  {
    host: "app.terraform.io",
    claims: ["terraform_organization_id", "terraform_organization_name", "terraform_workspace_id"],
    source:
      "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens",
  },
];
