/**
 * The fields of an Amazon Resource Name. Joined by colons behind `arn` they are the text again.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html | ARN format}
 */
export interface Arn {
  /** `aws`, `aws-us-gov`, `aws-cn`, … */
  readonly partition: string;
  /** The service's namespace, such as `bedrock`. */
  readonly service: string;
  /** Empty for what belongs to no region. */
  readonly region: string;
  /** Twelve digits, or empty for what belongs to AWS or a vendor, such as a foundation model. */
  readonly accountId: string;
  /** The rest, with any further colons and slashes. */
  readonly resource: string;
}
