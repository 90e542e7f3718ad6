import { REDACTED } from "../../redact/secrets.ts";

/** Parameters of STS that hold no secret. */
const PUBLIC: ReadonlySet<string> = new Set([
  "Action",
  "Version",
  "RoleArn",
  "RoleSessionName",
  "DurationSeconds",
  "ProviderId",
  "SerialNumber",
  "SourceIdentity",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
]);

const MAX_VALUE_LENGTH = 2048;

/**
 * Writes a form as it may be kept: the parameters that are known to hold no secret, and the names of the others.
 *
 * @returns Percent-encoded, as it would be sent.
 */
export function redactForm(parameters: ReadonlyMap<string, string>): string {
  return [...parameters]
    .map(([name, value]) => {
      const kept =
        PUBLIC.has(name) && value.length <= MAX_VALUE_LENGTH ? encodeURIComponent(value.toWellFormed()) : REDACTED;
      return `${NAME.test(name) ? name : REDACTED}=${kept}`;
    })
    .join("&");
}

/** Names of the Query protocol, such as `PolicyArns.member.1.arn`. */
const NAME = /^[A-Za-z][A-Za-z0-9.-]{0,63}$/;
