import type { ExchangeEnd, RequestHead } from "@claude-on-aws/listen";

/** A request whose body never came whole: nothing of it was checked. */
export interface UnreadRequest {
  readonly id: string;
  readonly receivedAt: Date;
  readonly head: RequestHead;
  readonly end: ExchangeEnd;
}
