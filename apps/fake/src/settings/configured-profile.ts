/** An application inference profile that exists from the start. */
export interface ConfiguredProfile {
  /** Such as `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl`. */
  readonly arn: string;
  /**
   * What it is called.
   *
   * @default {the ID in its ARN}
   */
  readonly name?: string | undefined;
  /**
   * What it stands for: the ID or ARN of a system-defined inference profile or
   * of a foundation model, such as `us.anthropic.claude-opus-5`.
   */
  readonly copyFrom: string;
  /**
   * Its tags, for conditions on `aws:ResourceTag/KEY`.
   *
   * @default {{}}
   */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}
