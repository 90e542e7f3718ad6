import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Exchange } from "./exchange.ts";

/** The workspace in which a request acts; empty where it names none, and that was only recorded. */
export const workspaceOf = ({ request }: Pick<Exchange, "request">): string =>
  headerValue(request.headers, "anthropic-workspace-id")?.trim() ?? "";
