import { type AuditRecord, type Caller, createHandler, type GatewayParts, type Upstream } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { afterAll, beforeAll } from "vitest";
import type { RunningFake } from "./fetch-providers.ts";

/** The token that the gateways of tests know. */
export const TOKEN = "a-token-of-the-tests";

/** Whoever asks in the tests, without limits. */
const CALLER: Caller = {
  name: "tests",
  proof: "token",
  groups: [],
  limits: { models: null, upstreams: null, maxConcurrent: null },
  ownKey: null,
};

/** A caller with limits. */
export const callerWith = (limits: Partial<Caller["limits"]>): Caller => ({
  ...CALLER,
  limits: { ...CALLER.limits, ...limits },
});

/** A gateway for the tests of a file. */
export interface RunningGateway {
  readonly url: string;
  /** What is written down of each request, in the order in which they end. */
  readonly records: AuditRecord[];
  /** Resolves as soon as so many records are there. */
  readonly recorded: (count: number) => Promise<readonly AuditRecord[]>;
  /** The record of the exchange that an answer came of, as soon as that has ended. */
  readonly recordOf: (answer: Response) => Promise<AuditRecord>;
  readonly close: () => Promise<void>;
}

/** Starts a gateway that lets everybody in. */
export async function openGateway(
  parts: Partial<GatewayParts> & Pick<GatewayParts, "upstreams">,
): Promise<RunningGateway> {
  const records: AuditRecord[] = [];
  let wake: (() => void) | undefined;
  const handler = createHandler({
    identify: () => CALLER,
    audit: (record) => {
      records.push({ ...record });
      wake?.();
    },
    ...parts,
  });
  const listener = await listen(handler);
  return {
    url: listener.url,
    records,
    async recorded(count) {
      while (records.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return records;
    },
    async recordOf({ headers }) {
      const id = headers.get("x-claude-on-aws-gateway-id");
      for (;;) {
        const found = records.find((record) => record.id === id);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    close: () => listener.close(),
  };
}

/** Makes an upstream of a fake. */
export const upstreamOf = (
  fake: Pick<RunningFake, "fetchFor">,
  provider: Upstream["provider"],
  name: string = provider,
): Upstream => ({ name, provider, region: "us-east-1", fetch: fake.fetchFor(provider) });

/** Starts a gateway before a fake for the tests of a file, with one upstream, and stops it after them. */
export function startGateway(
  fake: RunningFake,
  provider: Upstream["provider"],
  parts: Partial<GatewayParts> = {},
): Pick<RunningGateway, "url" | "records" | "recordOf"> {
  let gateway: RunningGateway | undefined;
  beforeAll(async () => {
    gateway = await openGateway({ upstreams: [upstreamOf(fake, provider)], ...parts });
  });
  afterAll(async () => gateway?.close());
  const running = (): RunningGateway => {
    if (gateway === undefined) throw new Error("The gateway is not started yet: use it inside a test");
    return gateway;
  };
  return {
    get url() {
      return running().url;
    },
    recordOf: (answer) => running().recordOf(answer),
    get records() {
      return running().records;
    },
  };
}
