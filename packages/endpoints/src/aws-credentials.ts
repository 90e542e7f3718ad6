/** An AWS access key. */
export interface AwsCredentials {
  /** Such as `AKIDEXAMPLE`. */
  readonly accessKeyId: string;
  /** The secret that signs; never sent. */
  readonly secretAccessKey: string;
  /** Sent as `x-amz-security-token` with temporary credentials. */
  readonly sessionToken?: string | undefined;
  /** When temporary credentials end. */
  readonly expiration?: Date | undefined;
}
