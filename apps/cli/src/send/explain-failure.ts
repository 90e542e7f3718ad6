import { isRegion } from "@claude-on-aws/endpoints";
import type { Circumstances } from "../refusals/describe-subject.ts";
import { type Explained, withSubject } from "../refusals/explain-refusal.ts";
import type { CauseAndFix } from "../refusals/refusal-explanations.ts";
import type { Subject } from "../refusals/subject.ts";

type Row = readonly [subject: Subject, fix: string];

/** What to look at where there is no answer, by the code of a `FetchError`; others are of the connection. */
const ROWS: Readonly<Record<string, Row>> = {
  PROXY_REFUSED: ["network", "Have the proxy of HTTPS_PROXY let this host through, or name the host in NO_PROXY."],
  REDIRECTED: ["base URL", "Set the base URL to where the answer comes from."],
  STREAM_TRUNCATED: ["network", "Ask again; if it goes on, look at proxies and gateways on the way."],
  STREAM_EXCEPTION: ["service", "Ask again; the words say what the service met while it answered."],
  STREAM_FAILED: ["network", "Ask again; if it goes on, look at proxies and gateways on the way."],
};

/**
 * Says why there was no answer.
 *
 * @param error What was thrown.
 * @param circumstances What was sent.
 * @returns The cause and the way out.
 */
export function explainFailure(error: unknown, circumstances: Circumstances): Explained {
  const code = error instanceof Error && "code" in error ? String(error.code) : "CONNECTION_FAILED";
  const cause = error instanceof Error ? error.message : String(error);
  const row = ROWS[code];
  if (row !== undefined) return withSubject(row[0], code, { cause, fix: row[1] }, circumstances);
  const [subject, explanation] = ofConnection(cause, circumstances);
  return withSubject(subject, code, explanation, circumstances);
}

/** The host is that of the region, or that of a base URL. */
function ofConnection(words: string, { config, plan }: Circumstances): readonly [Subject, CauseAndFix] {
  const host = plan.request === null ? "the service" : new URL(plan.request.url).host;
  const endpoint = config.endpoints.find(({ provider }) => provider === plan.provider) ?? config.endpoints[0];
  const isOfRegion = endpoint.baseUrl?.source === "default" && config.region !== null && isRegion(config.region.value);
  const cause = `${host}: ${words}.`;
  return isOfRegion
    ? [
        "region",
        {
          cause,
          fix: "See that AWS_REGION is a region that has the service, and that this machine reaches it: HTTPS_PROXY, DNS, a VPC endpoint.",
        },
      ]
    : ["base URL", { cause, fix: "See that something listens there, and that this machine reaches it." }];
}
