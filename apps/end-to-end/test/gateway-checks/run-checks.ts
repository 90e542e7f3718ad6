import type { AwsProvider } from "@claude-on-aws/endpoints";
import { checkGateway, type CheckGatewayOptions, type GatewayReport } from "@claude-on-aws/fake/gateway-checks";
import { ManualTimers } from "./manual-timers.ts";
import { type Mutation, startReferenceGateway, TOKEN } from "./reference-gateway.ts";

/** A few are as good as 300 where nobody is slow. */
const STREAMS_AT_ONCE = 12;

/** Asks the reference gateway, or what a mutation makes of it, the checks that are named. */
export async function runChecks(
  provider: AwsProvider,
  mutate: (timers: ManualTimers) => Mutation = () => ({}),
  only?: readonly string[],
  options: CheckGatewayOptions = {},
): Promise<GatewayReport> {
  const timers = new ManualTimers();
  let service = "";
  const mutation = mutate(timers);
  const gateway = await startReferenceGateway(() => service, provider, mutation);
  const front = await mutation.startFront?.(gateway.url);
  try {
    return await checkGateway((front ?? gateway).url, {
      token: TOKEN,
      upstreamPort: 0,
      onUpstream: (url) => void (service = url),
      only,
      streamsAtOnce: STREAMS_AT_ONCE,
      timers: timers.timers,
      onResult: () => timers.reset(),
      ...options,
    });
  } finally {
    await front?.close();
    await gateway.close();
  }
}
