import type { RequestHead } from "@claude-on-aws/listen";
import type { Caller } from "../terms/caller.ts";
import type { OwnRefusal } from "../terms/own-refusal.ts";

/**
 * Says who asks.
 *
 * @param head The request, as received.
 * @param peerAddress The address at the other end of the connection; undefined where the listener does not know it.
 * @returns The caller; or why nobody is served.
 */
export type Identify = (
  head: RequestHead,
  peerAddress: string | undefined,
) => Caller | OwnRefusal | Promise<Caller | OwnRefusal>;
