/**
 * The fields of an Amazon Resource Name. Joined by colons after `arn`, they give the text back.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html | ARN format}
 */
export interface Arn {
  /** `aws`, `aws-us-gov`, `aws-cn`, … */
  readonly partition: string;
  /** The service's namespace, such as `bedrock`. */
  readonly service: string;
  /** Empty for a resource that belongs to no region. */
  readonly region: string;
  /** Twelve digits, or empty for a resource of AWS or a vendor, such as a foundation model. */
  readonly accountId: string;
  /** Everything after the account, further colons and slashes included. */
  readonly resource: string;
}
