/** What somebody said to the device that asks. */
type Decision = "pending" | "allowed" | "denied";

/** A device that waits for somebody to confirm. */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  /** What people compare or type, such as `BCDF-GHJK`. */
  readonly userCode: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly expiration: Date;
  decision: Decision;
  /** Whether tokens were issued for it: that happens once. */
  isSpent: boolean;
  /** When the interval began in which polls are counted, in milliseconds. */
  intervalBegan: number;
  pollsOfInterval: number;
}
