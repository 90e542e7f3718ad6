import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Exchange } from "./exchange.ts";

/**
 * Reads the workspace in which a request acts.
 *
 * @returns Its ID; empty where the request names none, and that was only recorded.
 */
export const workspaceOf = ({ request }: Pick<Exchange, "request">): string =>
  headerValue(request.headers, "anthropic-workspace-id")?.trim() ?? "";
