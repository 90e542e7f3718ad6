import type { FaultName } from "@claude-on-aws/fake/server";

/** What goes wrong, and the way out. */
export interface CauseAndFix {
  readonly cause: string;
  readonly fix: string;
}

/** Why AWS refuses a request, for somebody who has its words in hand. */
export const REFUSAL_EXPLANATIONS: Readonly<Record<FaultName, CauseAndFix>> = {
  "authentication-missing": {
    cause:
      "The request arrived with neither a signature nor an API key: none is configured, the key is in a header that this service does not read, or a proxy or redirect dropped the header.",
    fix: "Give the client AWS credentials or an API key. Amazon Bedrock reads a key from `Authorization: Bearer` alone. Where a gateway should sign, look whether it does.",
  },
  "authentication-twice": {
    cause:
      "An `Authorization` header and an `x-api-key` header came together, most often because a key in the environment is added to a request that is signed as well.",
    fix: "Send one of the two: unset the key, or the credentials; look into custom headers and at what a gateway adds.",
  },
  "authorization-malformed": {
    cause:
      "The `Authorization` header is neither a complete signature of Signature Version 4 nor a bearer key, occurs twice, or comes without a date that can be read.",
    fix: "Let one layer alone write it, after every other one; send `x-amz-date` with it.",
  },
  "signature-mismatch": {
    cause:
      "The service computed another signature from what it received: the secret belongs to another key, something changed between signing and arrival, or the scope, the region or the clock is wrong. The words tell some of these apart.",
    fix: "Record the request as it arrives, and let `claude-on-aws verify` name the mistake. Check the secret key first, then the clock, then every proxy in between.",
  },
  "access-key-unknown": {
    cause:
      "AWS knows no such access key ID, or the session token does not belong to it: a typing error, a deleted key, a temporary key without its token, or a token left over from other credentials.",
    fix: "Take access key ID, secret and session token from one place; run `aws sts get-caller-identity` with the same profile. With a long-lived key, unset `AWS_SESSION_TOKEN`.",
  },
  "credentials-expired": {
    cause: "The temporary credentials have ended, often those of a single sign-on session in a program that runs on.",
    fix: "Sign in again (`aws sso login`). In Claude Code, `awsAuthRefresh` in the settings names a command that does it, and the request is sent once more.",
  },
  "api-key-malformed": {
    cause:
      "The key is not one of this service: it is one of the Claude Console or of the other AWS service, or one that was cut, quoted or copied with space in it.",
    fix: "Claude Platform on AWS takes keys that were generated for the workspace in the AWS Console; Amazon Bedrock takes `ABSK…` and `bedrock-api-key-…`. Copy the key again as one line.",
  },
  "api-key-unknown": {
    cause:
      "The key has the right form and is not valid: it was withdrawn, made for another region, or copied in part. A key in the environment goes before AWS credentials, so a stale one is used although good credentials are there.",
    fix: "Generate a new key in the AWS Console under Claude Platform on AWS, API keys (or Amazon Bedrock, API keys), or unset the variable to sign with AWS credentials.",
  },
  "api-key-expired": {
    cause:
      "A short-term API key has ended: it is good for twelve hours at most, and never longer than the credentials that made it.",
    fix: "Make a new key, or sign with the credentials themselves, which renew.",
  },
  "workspace-missing": {
    cause:
      "The request names no workspace. Every request to Claude Platform on AWS has to: the credentials do not imply one. In Claude Code, `ANTHROPIC_AWS_WORKSPACE_ID` is unset or empty.",
    fix: "Copy the ID from the AWS Console, Claude Platform on AWS, Workspaces, and export it as `ANTHROPIC_AWS_WORKSPACE_ID` before the client starts; a client of your own sends it as `anthropic-workspace-id`.",
  },
  "workspace-malformed": {
    cause: "The workspace header holds something other than one ID of the form `wrkspc_…`: a name, quotes, two IDs.",
    fix: "Copy the ID from the AWS Console, Claude Platform on AWS, Workspaces.",
  },
  "workspace-unknown": {
    cause:
      "The workspace does not exist, is archived, is in another region than the endpoint, or belongs to an organization that is not the one of this AWS account.",
    fix: "Use an ID of the organization that came with the AWS Marketplace subscription, and the region in which the workspace was made.",
  },
  "route-unknown": {
    cause:
      "The service has no such path: the base URL has `/v1` or a prefix of its own, the slash in an ARN is not written as `%2F`, or the request went to the wrong one of Bedrock's two hosts.",
    fix: "Leave the path out of the base URL; percent-encode a model ARN as one segment; call `bedrock-runtime` for inference and `bedrock` for everything else.",
  },
  "route-not-built": {
    cause: "The fake knows this operation of the service and does not answer it. AWS itself never says this.",
    fix: "Answer it yourself with `fake.use` or `--handlers`, or ask the service.",
  },
  "version-missing": {
    cause: "The header `anthropic-version` is missing, or is not the date of a version.",
    fix: "Send `anthropic-version: 2023-06-01`. InvokeModel has it in the body, as `bedrock-2023-05-31`.",
  },
  "content-type-unsupported": {
    cause: "The body is declared as something other than JSON.",
    fix: "Send `content-type: application/json`, once; `curl -d` declares a form unless it is told otherwise.",
  },
  "body-too-large": {
    cause: "The body is larger than the operation takes, usually for images and documents in a long conversation.",
    fix: "Send less, upload files and name them, or begin a new conversation.",
  },
  "body-invalid": {
    cause: "A field is missing, has another type or value than the operation takes, or is not known to it.",
    fix: "Correct the field that the words name. A field that one service takes may be unknown to another: clients and gateways of different age are the usual reason.",
  },
  "beta-unknown": {
    cause:
      "The request asks for a beta that this service, or this model there, does not take; one is enough to fail it.",
    fix: "Leave the beta out. In Claude Code, `CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS=1` sends fewer.",
  },
  "capability-missing": {
    cause: "The model does not take what the request asks of it: a parameter, a kind of thinking, a tool choice.",
    fix: "Leave out what the words name, or use a model that takes it; `claude-on-aws models` shows what each takes.",
  },
  "model-unknown": {
    cause:
      "The service has no model of this ID in this region: the ID is one of another service, has a suffix too many, or its inference profile does not exist in this region.",
    fix: "List what there is (`claude-on-aws models`, or `aws bedrock list-inference-profiles --region REGION`); switch to a region that has the model, or use a profile that routes across regions.",
  },
  "model-not-served": {
    cause:
      "The Messages endpoint of Amazon Bedrock does not serve this ID: it takes neither a geography nor a version.",
    fix: "Ask for an ID such as `anthropic.claude-opus-5`; on Claude Platform on AWS, without `anthropic.`.",
  },
  "model-needs-profile": {
    cause: "Amazon Bedrock serves this model only through an inference profile, and the request names the bare model.",
    fix: "Put a geography before the ID, such as `us.` or `global.`, or name the ARN of an inference profile.",
  },
  "model-access-denied": {
    cause: "This account or workspace may not use the model: access was not granted in this account and region.",
    fix: "Ask for access to the model in the Amazon Bedrock console in that region, or allow it in the workspace.",
  },
  "access-denied": {
    cause:
      "The caller that the client found has no permission for this action on this resource; often it is another caller than one thinks, since a key goes before a profile and a profile before a role. A stale API key is reported to end in 403 as well.",
    fix: "Read in the words who was denied what. Allow that action on that resource in a policy of the role or user, and see that no other policy denies it; `claude-on-aws policy` checks a policy against what a client asks for.",
  },
  "profile-unknown": {
    cause: "There is no such inference profile in this region and account.",
    fix: "List them with `aws bedrock list-inference-profiles --region REGION`.",
  },
  "resource-unknown": {
    cause: "What the path names (a file, a batch, a model) does not exist, or belongs to another workspace.",
    fix: "List what there is, in the workspace and region in which it was made.",
  },
  conflict: {
    cause: "Something of this name exists already, or changes at this moment.",
    fix: "Choose another name, or wait until the other change is through.",
  },
  "quota-exceeded": {
    cause: "The account has as many of these as it may have.",
    fix: "Delete what is no longer needed, or ask for a higher quota.",
  },
  "too-many-tags": {
    cause: "A resource can have fifty tags, and the request has more.",
    fix: "Send fewer.",
  },
  "use-case-missing": {
    cause: "Nobody has told Anthropic yet, in the form of Amazon Bedrock, what this account uses Claude for.",
    fix: "Fill the form in once, in the model catalogue of the Amazon Bedrock console or with PutUseCaseForModelAccess, and wait a quarter of an hour.",
  },
  billing: {
    cause: "The subscription has no valid means of payment.",
    fix: "Fix the payment in the AWS account that subscribed; until then no request is answered.",
  },
  throttled: {
    cause: "More requests or tokens in a short time than the limit of the account, the workspace or the model allows.",
    fix: "Wait as long as `retry-after` says, then try again with growing pauses; ask for a higher quota if it goes on.",
  },
  overloaded: {
    cause: "The service has no capacity at this moment, whatever your own limits are.",
    fix: "Try again with growing pauses; a profile that routes across more regions meets it less often.",
  },
  unavailable: {
    cause: "The service cannot answer at this moment.",
    fix: "Try again with growing pauses.",
  },
  "timed-out": {
    cause: "The model took longer than the service waits.",
    fix: "Stream the answer, or ask for less at once.",
  },
  "model-error": {
    cause: "The model itself failed on this request.",
    fix: "Try again; if the same request always fails, shorten it piece by piece to find what it is.",
  },
  internal: {
    cause: "The service failed, not the request.",
    fix: "Try again with growing pauses, and keep the request ID for AWS Support or Anthropic.",
  },
};
