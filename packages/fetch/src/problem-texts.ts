import type { ProblemCode } from "@claude-on-aws/env";

/** How a problem of a request is put into words. A name in braces stands for a value, never for a secret. */
export type RequestProblemText = readonly [code: ProblemCode, message: string, fix: string];

/** Every problem that a request can have, by what is wrong with it. */
export const REQUEST_PROBLEM_TEXTS = {
  bothAuthentications: [
    "BOTH_AUTH_HEADERS",
    "Requests carry authorization and x-api-key ({source}), and the host that gets them is one of {service}, which refuses requests that carry both.",
    "Unset one of the two, or take the header out of ANTHROPIC_CUSTOM_HEADERS.",
  ],
  authenticationMissing: [
    "AUTHENTICATION_MISSING",
    "Requests carry no authentication ({source}), and go to {service} itself.",
    "Unset {source}, or set a base URL of the gateway that signs them.",
  ],
  keyOfNoFamily: [
    "KEY_MALFORMED",
    'What {source} holds is no key of {service}: "Invalid API Key format: Must start with pre-defined prefix".',
    "Use a key that begins with {beginnings}, or unset it to sign with AWS credentials.",
  ],
  keyOfOtherFamily: [
    "KEY_OF_WRONG_FAMILY",
    "The key in {source} looks like one of {family}, which {service} does not accept.",
    "Use a key that begins with {beginnings}, or unset it to sign with AWS credentials.",
  ],
  keyMalformed: [
    "KEY_MALFORMED",
    "The key in {source} holds white space or characters that no key has.",
    "Copy the key again as one line.",
  ],
  hostOfOtherRegion: [
    "BASE_URL_OF_OTHER_REGION",
    "Requests go to a host of {hostRegion}, and are signed for {region}.",
    "Set AWS_REGION={hostRegion}, or leave the base URL out.",
  ],
  sessionTokenUnexpected: [
    "SESSION_TOKEN_UNEXPECTED",
    "The access key from {source} is a long-lived one (AKIA…), which has no session token, and one is sent: a leftover of other credentials.",
    "Unset AWS_SESSION_TOKEN, or remove aws_session_token from the profile.",
  ],
  sessionTokenMissing: [
    "SESSION_TOKEN_MISSING",
    "The access key from {source} is a temporary one (ASIA…), and its session token is missing.",
    "Set AWS_SESSION_TOKEN too, or write aws_session_token into the profile.",
  ],
  pathUnknown: [
    "BASE_URL_HAS_V1",
    "Requests go to {path}, which the service does not have.",
    "Leave the path out of the base URL: the client adds /v1/messages.",
  ],
  workspaceMissing: [
    "WORKSPACE_ID_MISSING",
    "Requests name no workspace, which every one has to.",
    "Set ANTHROPIC_AWS_WORKSPACE_ID to the id shown in the AWS Console under Claude Platform on AWS, Workspaces.",
  ],
  workspaceMalformed: [
    "WORKSPACE_ID_MALFORMED",
    'The workspace id is not wrkspc_ followed by letters and digits: "{id}".',
    "Set ANTHROPIC_AWS_WORKSPACE_ID to the id shown in the AWS Console under Claude Platform on AWS, Workspaces.",
  ],
  serviceTierUnknown: [
    "SERVICE_TIER_UNKNOWN",
    'ANTHROPIC_BEDROCK_SERVICE_TIER is "{tier}", which is no tier of Bedrock.',
    "Set it to one of {tiers}, or unset it.",
  ],
  modelOfOtherProvider: [
    "MODEL_OF_OTHER_PROVIDER",
    'The model id "{id}" is written for {title}, but it is sent to {service} as it is.',
    "Ask for {nearest}.",
  ],
  modelUnknown: ["MODEL_UNKNOWN", 'No model is called "{id}" here, as far as is known.', "Ask for {nearest}."],
  modelUnknownOnBedrock: [
    "MODEL_UNKNOWN",
    'Bedrock has no Claude model "{id}" in {place}, as far as is known: "The provided model identifier is invalid."',
    "Ask for {nearest}.",
  ],
  profileNeeded: [
    "MODEL_NEEDS_PROFILE",
    'Bedrock serves "{id}" in {place} only through an inference profile: "on-demand throughput isn\'t supported".',
    "Ask for {nearest}.",
  ],
  profileNotInRegion: [
    "PROFILE_NOT_IN_REGION",
    'There is no inference profile "{id}" in {place}: "The provided model identifier is invalid."',
    "Ask for {nearest}.",
  ],
  profileNotListed: [
    "PROFILE_NOT_LISTED",
    'The inference profile "{id}" is not among the {count} that the account lists in this region.',
    "Ask for access to the model, set ANTHROPIC_BEDROCK_REGION_PREFIX, or pin {nearest}.",
  ],
  arnInvalid: [
    "MODEL_ARN_INVALID",
    'Bedrock calls the ARN "{arn}" invalid: {reason}.',
    "Use the ARN of a profile in {place}, as aws bedrock list-inference-profiles prints it, or set AWS_REGION to its region.",
  ],
} as const;
