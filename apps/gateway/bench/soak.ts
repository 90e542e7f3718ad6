import { setTimeout } from "node:timers/promises";
import { median } from "./median.ts";
import { exchange, FORMS } from "./requests.ts";
import { ENVIRONMENT, type RuntimeName, RUNTIMES } from "./runtimes.ts";
import { programPath, ServerProcess, type Target, type Used } from "./server-process.ts";

/** What came of a soak of one runtime. */
export interface SoakFigures {
  readonly runtime: RuntimeName;
  readonly kind: "command";
  readonly minutes: number;
  /** Half of what it can take. */
  readonly perSecond: number;
  readonly requests: number;
  /** Those that were not answered as they should have been, by what was wrong. */
  readonly failures: Readonly<Record<string, number>>;
  /** Resident memory: the median of the first minute and of the last, in bytes. */
  readonly rss: readonly [first: number, last: number];
  /** How resident memory grew over all samples, in bytes a minute. */
  readonly rssSlope: number;
  /** What its objects take once garbage is collected, behind the warm-up and at the quarters. */
  readonly heaps: readonly number[];
  /** How that grew, in bytes for each request; behind the first half, by when code is compiled and caches are full. */
  readonly heapSlope: number;
}

const AT_ONCE = 16;
const RATE_MS = 10_000;
const WARM_UP_MS = 60_000;
const TICK_MS = 5;
const SAMPLE_MS = 1_000;
const MINUTE_MS = 60_000;
const PARTS = 4;
/** Requests under way at half load, beyond which it does not keep up. */
const MOST_UNDER_WAY = 2_000;

/** Memory of a server under half of the load that it can take, for some minutes. */
export async function soak(runtime: RuntimeName, minutes: number): Promise<SoakFigures> {
  const upstream = await ServerProcess.start(["node", programPath("upstream.ts"), "0"]);
  const url = `http://127.0.0.1:${upstream.target.port}`;
  const server = await ServerProcess.start(
    [...RUNTIMES[runtime], programPath("server.ts"), "command", url],
    ENVIRONMENT,
  );
  try {
    // The first warms up.
    await findRate(server.target);
    const perSecond = (await findRate(server.target)) / 2;
    await load(server, perSecond, WARM_UP_MS, {});
    const samples: Sample[] = [];
    const heaps = [await heapOf(server)];
    const failures: Record<string, number> = {};
    let requests = 0;
    let behindHalf = 0;
    for (let part = 0; part < PARTS; part += 1) {
      const from = (part / PARTS) * minutes;
      const loaded = await load(server, perSecond, (minutes * MINUTE_MS) / PARTS, failures);
      samples.push(...loaded.samples.map(([minute, rss]): Sample => [from + minute, rss]));
      requests += loaded.requests;
      if (part >= PARTS / 2) behindHalf += loaded.requests;
      heaps.push(await heapOf(server));
    }
    const during = (first: number, last: number): number =>
      median(samples.filter(([minute]) => minute >= first && minute <= last).map(([, rss]) => rss));
    return {
      runtime,
      kind: "command",
      minutes,
      perSecond: Math.round(perSecond),
      requests,
      failures,
      rss: [during(0, 1), during(minutes - 1, minutes)],
      rssSlope: slopeOf(samples),
      heaps,
      heapSlope: ((heaps.at(-1) ?? 0) - (heaps[PARTS / 2] ?? 0)) / behindHalf,
    };
  } finally {
    await server.stop();
    await upstream.stop();
  }
}

/** Says in a line what came of it. */
export function printSoak({
  runtime,
  minutes,
  perSecond,
  requests,
  failures,
  rss,
  rssSlope,
  heaps,
  heapSlope,
}: SoakFigures): void {
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  console.log(
    `${runtime.padEnd(5)} ${minutes} minutes at half load (${perSecond} requests/s, ${requests} in all): resident ${megabytes(rss[0])} MB in the first minute, ${megabytes(rss[1])} MB in the last (${megabytes(rssSlope)} MB a minute); heap once collected ${heaps.map(megabytes).join(", ")} MB at the quarters (${heapSlope.toFixed(1)} bytes a request in the second half)`,
  );
  for (const [text, count] of Object.entries(failures)) console.log(`${runtime.padEnd(5)} ${count} times: ${text}`);
}

type Sample = readonly [minute: number, rss: number];

/** How many requests a second it can take. */
async function findRate(target: Target): Promise<number> {
  const began = performance.now();
  let count = 0;
  const work = async (): Promise<void> => {
    while (performance.now() - began < RATE_MS) await exchange(target, formOf(count++));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return count / ((performance.now() - began) / 1_000);
}

/** Sends so many requests a second, whether or not those before are answered; ends when all are. */
async function load(
  server: ServerProcess,
  perSecond: number,
  milliseconds: number,
  failures: Record<string, number>,
): Promise<{ readonly samples: readonly Sample[]; readonly requests: number }> {
  const samples: Sample[] = [];
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let [requests, sampledAt] = [0, 0];
  const count = (error: unknown): void => {
    const text = String(error);
    failures[text] = (failures[text] ?? 0) + 1;
  };
  const send = (): void => {
    const sent = exchange(server.target, formOf(requests++))
      .catch(count)
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  };
  for (let passed = 0; passed < milliseconds; passed = performance.now() - began) {
    for (let due = Math.ceil((passed / 1_000) * perSecond) - requests; due > 0; due -= 1) send();
    if (underWay.size > MOST_UNDER_WAY) {
      throw new Error(`Cannot hold half load: ${underWay.size} requests are under way at ${perSecond.toFixed(0)}/s`);
    }
    if (passed - sampledAt >= SAMPLE_MS) {
      sampledAt = passed;
      samples.push([passed / MINUTE_MS, (await server.used()).rss]);
    }
    await setTimeout(TICK_MS);
  }
  await Promise.all(underWay);
  return { samples, requests };
}

const formOf = (count: number): (typeof FORMS)[number] => FORMS[count % FORMS.length] ?? "JSON";

async function heapOf(server: ServerProcess): Promise<number> {
  // What the first finds unused may hold more, which the second frees.
  await server.used("collect");
  const { heapUsed = Number.NaN }: Used = await server.used("collect");
  return heapUsed;
}

/** The slope of the line with the least squares of distances. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (at: 0 | 1): number => samples.reduce((sum, sample) => sum + sample[at], 0) / samples.length;
  const [time, rss] = [mean(0), mean(1)];
  const [above, below] = samples.reduce(
    ([one, other], [x, y]) => [one + (x - time) * (y - rss), other + (x - time) ** 2],
    [0, 0],
  );
  return above / below;
}
