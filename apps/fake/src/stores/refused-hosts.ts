import { type HostCount, HostCounts } from "./host-counts.ts";

/** A host that a client wanted to reach through the proxy, and that was refused. */
export type RefusedHost = HostCount;

/** Counts what the proxy refused. */
export class RefusedHosts extends HostCounts {}
