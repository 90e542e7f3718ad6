import { join } from "node:path";
import type { Contender, ContenderTitle } from "./contender.ts";
import { ENVIRONMENT, RUNTIME_NAMES, type RuntimeName, RUNTIMES } from "./runtimes.ts";
import { programPath, ServerProcess } from "./server-process.ts";

/** How a server is started that is compared. */
interface ContenderPlan extends ContenderTitle {
  readonly command: readonly string[];
}

/** Gateways of others, by what serve-peer.ts calls them. */
const PEERS = {
  "apps-gateway": "claude gateway",
  "apps-gateway-limited": "claude gateway, spend limit",
  portkey: "Portkey",
};

/** What is compared on each runtime, as server.ts calls it; what has a peer of its own, beside peers alone. */
const KINDS: readonly { readonly kind: string; readonly title: string; readonly peer?: keyof typeof PEERS }[] = [
  { kind: "floor", title: "floor" },
  { kind: "gateway", title: "gateway", peer: "apps-gateway" },
  { kind: "command", title: "gateway as it starts", peer: "apps-gateway" },
  { kind: "budgets", title: "gateway, shared budget", peer: "apps-gateway-limited" },
];

/** What is compared without peers. */
const ALONE = ["floor", "gateway"];

const titleOf = (runtime: RuntimeName, { kind, title, peer }: (typeof KINDS)[number]): ContenderTitle => ({
  name: `${title} on ${runtime}`,
  ...(kind !== "floor" && { floor: `floor on ${runtime}` }),
  ...(peer !== undefined && { peer: PEERS[peer] }),
});

/** Everything that is compared, in the order of the table. */
export const CONTENDER_TITLES: readonly ContenderTitle[] = [
  ...RUNTIME_NAMES.flatMap((runtime) => KINDS.map((kind) => titleOf(runtime, kind))),
  ...Object.values(PEERS).map((name) => ({ name })),
];

/** How contenders are chosen. */
export interface ContenderChoice {
  readonly runtimes: readonly RuntimeName[];
  readonly hasPeers: boolean;
  /** Another checkout, whose gateway is compared too. */
  readonly before: string | undefined;
}

/** Says what is compared. */
export function planContenders({ runtimes, hasPeers, before }: ContenderChoice): readonly ContenderPlan[] {
  const own = runtimes.flatMap((runtime) => [
    ...KINDS.filter(({ kind }) => hasPeers || ALONE.includes(kind)).map((kind) => ({
      ...titleOf(runtime, kind),
      command: [...RUNTIMES[runtime], programPath("server.ts"), kind.kind],
    })),
    ...(before === undefined ? [] : [planBefore(runtime, before)]),
  ]);
  if (!hasPeers) return own;
  const program = programPath("../../../scripts/gateways/serve-peer.ts");
  return [...own, ...Object.entries(PEERS).map(([kind, name]) => ({ name, command: ["node", program, kind] }))];
}

const planBefore = (runtime: RuntimeName, checkout: string): ContenderPlan => ({
  name: `gateway before on ${runtime}`,
  floor: `floor on ${runtime}`,
  command: [...RUNTIMES[runtime], join(checkout, "apps/gateway/bench/server.ts"), "gateway"],
});

/** Starts them before an upstream; where one does not start, none is left. */
export async function startContenders(
  plans: readonly ContenderPlan[],
  upstream: string,
): Promise<readonly Contender[]> {
  const started = await Promise.allSettled(
    plans.map(async ({ command, ...plan }): Promise<Contender> => ({
      ...plan,
      server: await ServerProcess.start([...command, upstream], ENVIRONMENT),
    })),
  );
  const contenders = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failed = started.find((one) => one.status === "rejected");
  if (failed === undefined) return contenders;
  await stopContenders(contenders);
  throw failed.reason;
}

/** Ends them. */
export async function stopContenders(contenders: readonly Contender[]): Promise<void> {
  await Promise.all(contenders.map(({ server }) => server.stop()));
}
