/** A UUID, as IDs of requests and sessions are. */
export const UUID: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * IDs of the Messages API and of Claude Platform on AWS, Amazon Bedrock's among them (`toolu_bdrk_01…`), and those that
 * Converse and other gateways give to the use of a tool: they name something, and open nothing.
 */
const NAMED_ID =
  /^(?:(?:batch|call|container|file|mcpsrv|mcptoolu|msg|msgbatch|req|session|skill|srvtoolu|toolu|wrkspc)_(?:bdrk_|vrtx_)?[A-Za-z0-9]{1,40}|tooluse_[\w-]{1,40})$/;

/** An ID of AWS that stands in hosts and ARNs: those of VPC endpoints, and what Bedrock calls what a customer makes. */
const AWS_ID = /^(?:vpce-[0-9a-f]{8,17}(?:-[0-9a-z]{8})?(?:-[a-z]{2}(?:-[a-z]+)+-\d[a-z]?)?|[a-z0-9]{12})$/;

/** The role of a permission set of IAM Identity Center, which its ARN and every session of it name. */
const SSO_ROLE = /^AWSReservedSSO_[\w+=,.@-]{1,32}_[0-9a-f]{16}$/;

/** Kinds of resources in whose ARNs such an ID follows a slash. */
const BEDROCK_RESOURCE =
  /^(?:application-inference-profile|custom-model|custom-model-deployment|guardrail|imported-model|prompt-router|provisioned-model)$/;

const ARN =
  /^arn(?::|%3A)(aws[a-z-]{0,12})(?::|%3A)([a-z0-9-]{0,40})(?::|%3A)([a-z0-9-]{0,30})(?::|%3A)(\d{12}|aws)?(?::|%3A)(.*)$/i;

/**
 * Takes the parts of an ARN apart that say nothing secret.
 *
 * @param word What may be an ARN, its colons percent-encoded or not.
 * @returns What comes before the resource, and the resource; `undefined` where it is none.
 */
export function splitArn(word: string): readonly [before: string, resource: string] | undefined {
  const resource = ARN.exec(word)?.[5];
  return resource === undefined ? undefined : [word.slice(0, word.length - resource.length), resource];
}

/**
 * Tells whether a word that looks made up is an ID that may be shown.
 *
 * @param word The word.
 * @param previous What stands before it in a path or an ARN.
 * @returns `true` for an ID of the Messages API, a VPC endpoint, and a resource of Bedrock behind its kind.
 */
export function isHarmlessId(word: string, previous = ""): boolean {
  if (NAMED_ID.test(word) || SSO_ROLE.test(word)) return true;
  return AWS_ID.test(word) && (word.startsWith("vpce-") || BEDROCK_RESOURCE.test(previous));
}

/** What the names of headers, parameters, variables and fields end with that hold keys and tokens. */
const SECRET_NAME =
  /(?:^|[-_.:]|[a-z](?=[A-Z]))(?:api[-_]?keys?|access[-_]?keys?|keys?|tokens?|secrets?|passw(?:or)?d|pwd|credentials?|cookie|authorization|auth|bearer|sig|signature)$/i;

/**
 * Tells whether a name says that a key or a token follows.
 *
 * @param name Of a header, a parameter, a variable or a field.
 * @returns `true` for `x-api-key`, `clientSecret`, `AWS_SESSION_TOKEN`.
 */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);
