/** How many fields an ARN has. */
const FIELDS = 6;

/** The first three, which are never completed: an ARN has to name its service. */
const LEAST_FIELDS = 3;

/**
 * Completes an ARN that has fewer fields than six with wildcards, as IAM does in all policies but those of a session:
 * `arn:aws:s3` stands for `arn:aws:s3:*:*:*`. One whose field ends in `*` needs nothing, since that stands for several.
 *
 * @param text A resource of a statement.
 * @returns The text itself where nothing is missing, or too much.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html | Incomplete ARNs}
 */
export function completeArn(text: string): string {
  return isIncompleteArn(text) ? text + ":*".repeat(FIELDS - text.split(":").length) : text;
}

/**
 * Tells whether an ARN names its service and lacks fields behind it.
 *
 * @param text A resource of a statement.
 * @returns Whether {@link completeArn} adds something.
 */
export function isIncompleteArn(text: string): boolean {
  const parts = text.split(":");
  if (parts[0] !== "arn" || parts.length < LEAST_FIELDS || parts.length >= FIELDS) return false;
  return parts[2] !== "" && !parts.slice(2).some((part) => part.endsWith("*"));
}
