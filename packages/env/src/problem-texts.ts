import type { ProblemCode } from "./problem.ts";

/** How a problem is put into words. A name in braces stands for a value, never for a secret. */
export type ProblemText = readonly [code: ProblemCode, severity: "error" | "warning", message: string, fix: string];

/** Every problem that a configuration can have, by what happened. */
export const PROBLEM_TEXTS = {
  regionMalformed: [
    "REGION_MALFORMED",
    "warning",
    'The region in {source} is ignored: "{value}" is not made of letters and digits between single hyphens, letters first.',
    "Set AWS_REGION to a region such as us-east-1.",
  ],
  regionMissing: [
    "REGION_MISSING",
    "error",
    "No region was found in {sought}, and this version of the client has no default.",
    "Set AWS_REGION, for example AWS_REGION=us-east-1.",
  ],
  regionDefaulted: [
    "REGION_DEFAULTED",
    "warning",
    "No region was found in {sought}; the default {fallback} is used.",
    "Set AWS_REGION to the region you mean, even where that is {fallback}.",
  ],
  noCredentialsFromCommand: [
    "VALUE_FROM_COMMAND",
    "warning",
    "The command in {source} gave no credentials with a session token; the AWS credential chain is used instead.",
    'Make it print {"Credentials":{"AccessKeyId":…,"SecretAccessKey":…,"SessionToken":…}}.',
  ],
  credentialsHiddenByProfile: [
    "CREDENTIALS_HIDDEN_BY_PROFILE",
    "warning",
    'The credentials in AWS_ACCESS_KEY_ID are not used because {source} names the profile "{profile}".',
    "Unset AWS_PROFILE to use the access key, or unset the access key.",
  ],
  credentialsTakenAtStart: [
    "CREDENTIALS_TAKEN_AT_START",
    "warning",
    "The credentials in {later} are not used: for Bedrock the client keeps those of {source}, which it found before it took credentials from the settings of the project.",
    "Set the credentials in the shell or in the settings of the user, or remove those of {source}.",
  ],
  credentialsPartial: [
    "CREDENTIALS_PARTIAL",
    "warning",
    "{found} is set but {missing} is not; both are skipped.",
    "Set {missing} too, or unset {found}.",
  ],
  credentialsNotFound: [
    "CREDENTIALS_NOT_FOUND",
    "error",
    'No AWS credentials were found in the variables or in the profile "{profile}". A role of this machine (container or instance) was not asked.',
    "Run aws configure or aws sso login and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; where the machine has a role, run claude-on-aws status --ask-metadata.",
  ],
  profilePartial: [
    "CREDENTIALS_PARTIAL",
    "warning",
    'The profile "{name}" has only one of aws_access_key_id and aws_secret_access_key; it is skipped.',
    "Write both into the same profile, for example with aws configure.",
  ],
  credentialsNotFoundAnywhere: [
    "CREDENTIALS_NOT_FOUND",
    "error",
    'No AWS credentials were found in the variables or in the profile "{profile}", and this machine has no role (container or instance).',
    "Run aws configure or aws sso login and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  ],
  ssoSessionNotFound: [
    "CREDENTIALS_NOT_FOUND",
    "error",
    'The profile "{name}" takes its credentials from the SSO session "{session}", and nobody is signed in to it. A role of this machine was not asked.',
    "Run aws sso login --profile {name}.",
  ],
  commandNotRun: [
    "VALUE_FROM_COMMAND",
    "warning",
    "{what} from the command in {source}, which was not run.",
    "Run claude-on-aws status --run-helpers, which runs it once, as the client does at start.",
  ],
  signsInFirst: [
    "VALUE_FROM_COMMAND",
    "warning",
    "Nobody is signed in. The client asks STS first (GetCallerIdentity); that fails, so it runs the command in {source} once and signs with the credentials that it then finds. Without any it sends nothing. The command is never run here.",
    "Run that command in a terminal, then ask again to see the credentials.",
  ],
  clientVersionUnknown: [
    "CLIENT_VERSION_UNKNOWN",
    "warning",
    "Claude Code {version} is newer than {latest}, the newest release that was observed; it is taken to behave like that one.",
    "Update claude-on-aws, or ask about --client-version {latest}.",
  ],
  baseUrlMissing: [
    "BASE_URL_MISSING",
    "error",
    "The provider is switched on, but neither {variable} nor ANTHROPIC_FOUNDRY_RESOURCE says where it is.",
    "Set {variable}.",
  ],
  baseUrlMalformed: [
    "BASE_URL_MALFORMED",
    "error",
    "The base URL in {source} is not an http or https URL.",
    "Write it in full, such as https://gateway.example.com.",
  ],
  baseUrlHasV1: [
    "BASE_URL_HAS_V1",
    "warning",
    "The base URL in {source} ends with /v1, and the client adds its own: requests go to {path}/v1/messages.",
    "Leave /v1 out of the base URL.",
  ],
  hostOfOtherProvider: [
    "BASE_URL_OF_OTHER_PROVIDER",
    "warning",
    "The base URL in {source} is a host of {other} ({host}), but requests are written for {provider}.",
    "Set {otherVariable} and switch {other} on, or unset {source}.",
  ],
  baseUrlOfOtherProvider: [
    "BASE_URL_OF_OTHER_PROVIDER",
    "warning",
    "{source} is set, but requests to {provider} do not use it.",
    "Set {variable} instead, or unset {source}.",
  ],
  bothAuthHeaders: [
    "BOTH_AUTH_HEADERS",
    "warning",
    "Requests carry authorization (from {source}) and x-api-key (from {keySource}); AWS refuses requests that carry both.",
    "Take x-api-key out of ANTHROPIC_CUSTOM_HEADERS, or let the gateway remove what AWS must not get.",
  ],
  credentialsHiddenByKey: [
    "CREDENTIALS_HIDDEN_BY_KEY",
    "warning",
    "The AWS credentials from {credentials} are not used because {source} is set.",
    "Unset {variable} to sign with the AWS credentials. A stale key is refused like a missing permission.",
  ],
  noKeyFromCommand: [
    "VALUE_FROM_COMMAND",
    "warning",
    "The command in {source} printed no key.",
    "Make it print the key alone on standard output and exit with status 0.",
  ],
  consoleKeyNotFound: [
    "CREDENTIALS_NOT_FOUND",
    "error",
    "No key for the Anthropic API was found in the variables or settings. A signed-in account and a role of this machine were not asked.",
    "Switch a provider on, such as CLAUDE_CODE_USE_ANTHROPIC_AWS=1 or CLAUDE_CODE_USE_BEDROCK=1, or set ANTHROPIC_API_KEY.",
  ],
  keyOfWrongFamily: [
    "KEY_OF_WRONG_FAMILY",
    "warning",
    "The key in {source} looks like one of {family}, which {provider} does not accept.",
    "Use a key that was made for this provider; those of Claude Platform on AWS are generated in the AWS Console.",
  ],
  keyLineBreak: [
    "KEY_WHITESPACE",
    "error",
    "The key in {source} holds a line break, which no header can carry.",
    "Copy the key again as one line.",
  ],
  keyWhitespace: [
    "KEY_WHITESPACE",
    "warning",
    "The key in {source} has white space {where}.",
    "Copy the key again without it.",
  ],
  keyIgnored: [
    "KEY_IGNORED",
    "warning",
    "{source} has no effect on requests to {provider} as configured.",
    "Unset it, or set the key that this provider reads.",
  ],
  switchNotTruthy: [
    "SWITCH_NOT_TRUTHY",
    "warning",
    '{source} is set to "{value}", which the client reads as off.',
    "Set {variable}=1, or unset it.",
  ],
  providerShadowed: [
    "PROVIDER_SHADOWED",
    "warning",
    "{variable} is on, but {winner} takes precedence: nothing goes to {provider}.",
    "Unset {winner} to use {provider}, or unset {variable}.",
  ],
  providerNotPlanned: [
    "PROVIDER_NOT_PLANNED",
    "warning",
    "Requests go to Google Vertex AI, which is named here but not planned.",
    "Unset CLAUDE_CODE_USE_VERTEX to use another provider.",
  ],
  requestsGoToFirstParty: [
    "REQUESTS_GO_TO_FIRST_PARTY",
    "warning",
    "{sign} is set, but no provider is switched on: requests go to the Anthropic API.",
    "Set CLAUDE_CODE_USE_ANTHROPIC_AWS=1 for Claude Platform on AWS or CLAUDE_CODE_USE_BEDROCK=1 for Amazon Bedrock.",
  ],
  workspaceIdMissing: [
    "WORKSPACE_ID_MISSING",
    "error",
    "ANTHROPIC_AWS_WORKSPACE_ID is not set; every request to {provider} names a workspace. ANTHROPIC_WORKSPACE_ID is not read for it.",
    "Set it to the id shown in the AWS Console under Claude Platform on AWS, Workspaces.",
  ],
  workspaceIdMalformed: [
    "WORKSPACE_ID_MALFORMED",
    "warning",
    'The workspace id in {source} is not wrkspc_ followed by letters and digits: "{value}".',
    "Copy it from the AWS Console under Claude Platform on AWS, Workspaces.",
  ],
  customHeaderMalformed: [
    "CUSTOM_HEADER_MALFORMED",
    "error",
    "Header {position} in {source} holds a character that HTTP cannot carry.",
    "Look for curly quotes and invisible characters in it.",
  ],
  customHeaderOverridesAuth: [
    "CUSTOM_HEADER_OVERRIDES_AUTH",
    "warning",
    "{source} sets {name}, which takes the place of what the configuration says.",
    "Take {name} out of {source} unless a gateway needs it.",
  ],
  variableDeprecated: [
    "VARIABLE_DEPRECATED",
    "warning",
    "{source} is kept only for old set-ups.",
    "Set {replacement} instead.",
  ],
  shellOverridden: [
    "SHELL_OVERRIDDEN",
    "warning",
    "The shell exports {name} as {exported}, and {file} overrides it with {value}.",
    "Take {name} out of the env block of that file, or change it there: what the shell exports has no effect.",
  ],
  settingsUnreadable: [
    "SETTINGS_UNREADABLE",
    "warning",
    "Cannot read {path}, which the client leaves out as a whole: {reason}.",
    "Correct the file, or remove it.",
  ],
} as const;

/** What can have happened. */
export type ProblemName = keyof typeof PROBLEM_TEXTS;
