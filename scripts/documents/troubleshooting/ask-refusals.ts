import type { AwsProvider } from "../../../packages/endpoints/src/index.ts";
import { createFakeCore } from "../../../apps/fake/src/server.ts";
import { type FaultName, FAULTS } from "../../../apps/fake/src/terms/faults.ts";
import { PROVIDERS } from "../../../apps/fake/src/terms/provider.ts";
import { GOOD } from "../../../apps/fake/test/support/requests.ts";
import { type RefusalExample, REFUSAL_EXAMPLES, SENT_AT } from "./refusal-examples.ts";

/** How a service answers a request that it refuses. */
export interface Refusal {
  readonly example: RefusalExample;
  readonly provider: AwsProvider;
  readonly status: number;
  /** The `error.type` of the Claude API, or the exception of AWS. */
  readonly type: string;
  /** The first paragraph of what is said. */
  readonly words: string;
}

const PORT = 4242;

/** Error of the Claude API, or AWS's own JSON. */
interface ErrorBody {
  readonly error?: { readonly type: string; readonly message: string };
  readonly message?: string;
  readonly Message?: string;
}

/**
 * Asks the fake how each example is refused.
 *
 * @returns The refusals, in the order of the examples.
 * @throws {Error} An example is refused for something else than it is an example of.
 */
export async function askRefusals(examples: readonly RefusalExample[] = REFUSAL_EXAMPLES): Promise<readonly Refusal[]> {
  const asked = examples.flatMap((example) => example.providers.map((provider) => ask(example, provider)));
  return Promise.all(asked);
}

async function ask(example: RefusalExample, provider: AwsProvider): Promise<Refusal> {
  const { name, when, make, times = 1, options } = example;
  const { request, service } = GOOD[provider];
  const core = createFakeCore({ now: () => SENT_AT, ...options });
  const made = await make(request(PORT), service);
  for (let sent = 1; sent < times; sent++) await core.handle({ ...made, wire: "received" });
  const reply = await core.handle({ ...made, wire: "received" });
  const text = new TextDecoder().decode(reply.body instanceof Uint8Array ? reply.body : new Uint8Array());
  const checks = core.journal.snapshot().exchanges.at(-1)?.checks ?? [];
  const found = checks.find(({ fault }) => fault !== undefined)?.fault?.name;
  // What an operation or a scenario refuses is known by its status alone.
  const isRefused = found === undefined ? statusOf(name, provider) === reply.status : found === name;
  if (!isRefused) throw new Error(`${provider}, ${when}: expected ${name}, found ${found ?? reply.status}: ${text}`);
  const body = JSON.parse(text) as ErrorBody;
  const exception = reply.headers.find(([header]) => header === "x-amzn-errortype")?.[1].split(":", 1)[0];
  const message = body.error?.message ?? body.message ?? body.Message ?? "";
  const [words = "", ...more] = message.split("\n\n");
  return {
    example,
    provider,
    status: reply.status,
    type: exception ?? body.error?.type ?? "",
    words: more.length === 0 ? words : `${words} …`,
  };
}

const statusOf = (name: FaultName, provider: AwsProvider): number =>
  FAULTS[name][PROVIDERS[provider].errorShape === "anthropic" ? "anthropic" : "aws"][0];
