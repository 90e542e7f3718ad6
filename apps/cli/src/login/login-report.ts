/** What `login --json` prints. Its shape is stable. */
export interface LoginReport {
  /** Whether there are credentials that have not ended. */
  readonly ok: boolean;
  /** Whether `awsAuthRefresh` ran and ended well. */
  readonly refreshed: boolean;
  /** The step of the credential chain that gives them. */
  readonly source: string | null;
  readonly accessKeyId: string | null;
  /** When they end, as an ISO time; null where they do not, or where nobody says. */
  readonly expiration: string | null;
  /** With `--who` alone: twelve digits. */
  readonly account: string | null;
  /** With `--who` alone. */
  readonly arn: string | null;
  /** Why there are none, or why STS refused them. */
  readonly cause: string | null;
  readonly fix: string | null;
}
