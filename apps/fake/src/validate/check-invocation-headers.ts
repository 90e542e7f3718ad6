import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { constraint } from "../terms/constraint.ts";

const PREFIX = "x-amzn-bedrock-";

/** A header that InvokeModel takes: the parameter that it carries, and what that may be. */
interface InvocationHeader {
  readonly parameter: string;
  readonly values: readonly string[] | RegExp;
}

/**
 * The headers by what follows their prefix. Every other one with it is passed over, as AWS does.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html | InvokeModel}
 */
const HEADERS: ReadonlyMap<string, InvocationHeader> = new Map([
  ["trace", { parameter: "trace", values: ["ENABLED", "DISABLED", "ENABLED_FULL"] }],
  [
    "guardrailidentifier",
    {
      parameter: "guardrailIdentifier",
      values: /^(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail\/[a-z0-9]+))$/,
    },
  ],
  ["guardrailversion", { parameter: "guardrailVersion", values: /^(|([1-9][0-9]{0,7})|(DRAFT))$/ }],
  ["performanceconfig-latency", { parameter: "performanceConfigLatency", values: ["standard", "optimized"] }],
  ["service-tier", { parameter: "serviceTier", values: ["priority", "default", "flex", "reserved"] }],
]);

/**
 * Checks whether the parameters that InvokeModel takes in headers have values that it takes.
 *
 * @returns `body-invalid` for the first that has not.
 */
export function checkInvocationHeaders({ request, route }: Exchange): Verdict {
  if (route.operation?.built?.form?.startsWith("invoke-model") !== true) return "not-applicable";
  let verdict: Verdict = "not-applicable";
  for (const [name, value] of request.headers) {
    const lowered = name.length > PREFIX.length ? name.toLowerCase() : "";
    const header = lowered.startsWith(PREFIX) ? HEADERS.get(lowered.slice(PREFIX.length)) : undefined;
    if (header === undefined) continue;
    const { parameter, values } = header;
    const text = value.trim();
    const isTaken = values instanceof RegExp ? values.test(text) : values.includes(text);
    if (!isTaken) return constraint(text, parameter, demand(values));
    verdict = undefined;
  }
  return verdict;
}

const demand = (values: InvocationHeader["values"]): string =>
  values instanceof RegExp
    ? `Member must satisfy regular expression pattern: ${values.source.replaceAll("\\/", "/")}`
    : `Member must satisfy enum value set: [${values.join(", ")}]`;
