import type { GatewayRoute, RequestForm, RouteOperation } from "../terms/gateway-route.ts";

/** A row of the table of routes. */
interface RouteRow {
  readonly method: string;
  /** Matches the path; a first group is the model, percent-encoded. */
  readonly path: RegExp;
  readonly operation: RouteOperation;
}

/** What the Messages API has, below whatever base URL a client was given for it. */
const MESSAGES_ROUTES: readonly RouteRow[] = [
  { method: "POST", path: /^\/v1\/messages$/, operation: "CreateMessage" },
  { method: "POST", path: /^\/v1\/messages\/count_tokens$/, operation: "CountTokens" },
  { method: "GET", path: /^\/v1\/models$/, operation: "ListModels" },
  { method: "GET", path: /^\/v1\/models\/([^/]+)$/, operation: "GetModel" },
  { method: "*", path: /^\/v1\/messages\/batches(?:\/.*)?$/, operation: "Batches" },
  { method: "*", path: /^\/v1\/files(?:\/.*)?$/, operation: "Files" },
];

/** What Amazon Bedrock's runtime has, and of its control plane what clients ask for. */
const BEDROCK_ROUTES: readonly RouteRow[] = [
  { method: "POST", path: /^\/model\/([^/]+)\/invoke$/, operation: "InvokeModel" },
  {
    method: "POST",
    path: /^\/model\/([^/]+)\/invoke-with-response-stream$/,
    operation: "InvokeModelWithResponseStream",
  },
  { method: "POST", path: /^\/model\/([^/]+)\/converse$/, operation: "Converse" },
  { method: "POST", path: /^\/model\/([^/]+)\/converse-stream$/, operation: "ConverseStream" },
  { method: "POST", path: /^\/model\/([^/]+)\/count-tokens$/, operation: "BedrockCountTokens" },
  { method: "GET", path: /^\/inference-profiles(?:\/.*)?$/, operation: "InferenceProfiles" },
];

/** Where a client writes each form, and what stands before its paths. */
const FORMS: readonly { readonly form: RequestForm; readonly prefix: string; readonly rows: readonly RouteRow[] }[] = [
  { form: "messages", prefix: "", rows: MESSAGES_ROUTES },
  { form: "mantle", prefix: "/anthropic", rows: MESSAGES_ROUTES },
  { form: "bedrock", prefix: "", rows: BEDROCK_ROUTES },
];

/**
 * Finds what a client asks for. The path decides alone: neither `Host` nor an absolute target has a say.
 *
 * @param method The method.
 * @param target The target in origin form, as received.
 * @returns The route; `"method"` where only the method is unknown, `undefined` where the path is.
 */
export function findRoute(method: string, target: string): GatewayRoute | "method" | undefined {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  let found: "method" | undefined;
  for (const { form, prefix, rows } of FORMS) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    for (const row of rows) {
      const match = row.path.exec(rest);
      if (match === null) continue;
      if (row.method !== "*" && row.method !== method) {
        found = "method";
        continue;
      }
      const pathModel = match[1] === undefined ? null : decodeModel(match[1]);
      return { form, operation: row.operation, target: rest + query, pathModel };
    }
  }
  return found;
}

/** A model that cannot be decoded is what it is: nobody is served another one for it. */
function decodeModel(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
