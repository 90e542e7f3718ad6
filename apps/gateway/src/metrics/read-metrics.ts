import { createHash, timingSafeEqual } from "node:crypto";
import type { Reply, RequestHead } from "@claude-on-aws/listen";
import { GatewayError } from "../gateway-error.ts";
import { refuse } from "../refusals/own-refusals.ts";
import { refusalReply } from "../refusals/refusal-reply.ts";
import type { Metrics } from "./create-metrics.ts";

/** Who may read metrics. */
export interface MetricsReaders {
  /** The token that has to be shown; undefined where none was configured. */
  readonly token: string | undefined;
  /** Whether others than this machine reach the gateway. */
  readonly isReachable: boolean;
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/** What Prometheus calls its format. */
const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Answers `/metrics`: they name callers, and say what each spends.
 *
 * @param metrics The metrics.
 * @param readers Who may read them.
 * @param head The request.
 * @returns The metrics, or why they are not given.
 */
export async function readMetrics(
  metrics: Pick<Metrics, "format">,
  { token, isReachable }: MetricsReaders,
  head: RequestHead,
): Promise<Reply> {
  if (token === undefined) {
    if (isReachable || !isOfLoopback(head)) {
      return refusalReply(
        refuse(
          "AUTHENTICATION_MISSING",
          "Cannot show metrics: others reach this gateway, and no token was configured; name a variable in metrics.tokenVariable",
        ),
      );
    }
  } else if (!shows(head, token)) {
    return refusalReply(
      refuse("AUTHENTICATION_INVALID", "Cannot show metrics without their token; send it as a bearer token"),
    );
  }
  try {
    const text = await metrics.format();
    return { status: 200, headers: [["content-type", CONTENT_TYPE]], body: utf8.encode(text) };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return refusalReply(refuse("NOT_SUPPORTED", error.message));
  }
}

/** A page of a browser could ask for them under a name of its own that leads to this machine. */
function isOfLoopback({ headers }: RequestHead): boolean {
  const hosts = headers.filter(([name]) => /^(?:host|:authority)$/i.test(name));
  return hosts.every(([, value]) => /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(value));
}

function shows({ headers }: RequestHead, token: string): boolean {
  const given = headers.filter(([name]) => name.toLowerCase() === "authorization");
  return given.length === 1 && given.every(([, value]) => isEqual(value, `Bearer ${token}`));
}

const isEqual = (left: string, right: string): boolean => timingSafeEqual(hash(left), hash(right));

const hash = (text: string): Uint8Array => createHash("sha256").update(text).digest();
