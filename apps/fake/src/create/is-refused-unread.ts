import { CHECKS } from "../checks.ts";
import { findCredentialService } from "../credential-services/find-credential-service.ts";
import type { CheckName } from "../exchange/check-name.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { route } from "../route/route.ts";
import { underBasePath } from "../route/under-base-path.ts";
import type { ReceivedRequest } from "../terms/wire.ts";
import type { PipelineContext } from "../pipeline/pipeline.ts";

/** Checks that are asked before anything looks into a body. The first of them takes its hash. */
const OF_HEAD: ReadonlySet<CheckName> = new Set(["authentication", "route", "workspace"]);

/** The hash of no body: a signature is wrong with it, and that alone says nothing. */
const NO_HASH = "0".repeat(64);

/**
 * Says whether a request is refused whatever its body holds, so that nobody needs to keep that. Nothing is noted: it is
 * asked everything once more when its body is there, in the same order as every other.
 *
 * @param head The request without its body.
 * @returns `false` where that cannot be told.
 */
export async function isRefusedUnread(
  head: Pick<ReceivedRequest, "method" | "target" | "headers" | "httpVersion" | "secure">,
  { settings, state, override }: PipelineContext,
): Promise<boolean> {
  // Who answers in place of the fake is shown the body.
  if (override !== undefined || findCredentialService(head) !== undefined) return false;
  const request: ReceivedRequest = {
    ...(settings.scenario?.scope === "path" ? underBasePath(head) : head),
    body: new Uint8Array(),
    bodySha256: NO_HASH,
    wire: "received",
    mayDiagnose: () => false,
  };
  const exchange: Exchange = { id: "", receivedAt: settings.now(), request, route: route(request), checked: [] };
  for (const { name, decisive, check } of CHECKS) {
    if (!OF_HEAD.has(name) || (settings.onFinding !== "reject" && decisive !== true)) continue;
    const verdict = await check(exchange, settings, state);
    if (typeof verdict === "object" && verdict.details?.code !== "SIGNATURE_MISMATCH") return true;
  }
  return false;
}
