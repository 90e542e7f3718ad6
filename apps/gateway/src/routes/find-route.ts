import type { GatewayRoute, RequestForm, RouteOperation } from "../terms/gateway-route.ts";

/** A row of the table of routes. */
interface RouteRow {
  /** The methods that it has. */
  readonly methods: readonly string[];
  /** Matches the path; a first group is the model, percent-encoded. */
  readonly path: RegExp;
  readonly operation: RouteOperation;
}

/**
 * What the Messages API has, below whatever base URL a client was given for it. Each path is written out: what stands behind
 * `/v1/` a second time would be another path to whoever looks for the last one.
 */
const MESSAGES_ROUTES: readonly RouteRow[] = [
  { methods: ["POST"], path: /^\/v1\/messages$/, operation: "CreateMessage" },
  { methods: ["POST"], path: /^\/v1\/messages\/count_tokens$/, operation: "CountTokens" },
  { methods: ["GET"], path: /^\/v1\/models$/, operation: "ListModels" },
  { methods: ["GET"], path: /^\/v1\/models\/([^/]+)$/, operation: "GetModel" },
  { methods: ["GET", "POST"], path: /^\/v1\/messages\/batches$/, operation: "Batches" },
  { methods: ["GET", "DELETE"], path: /^\/v1\/messages\/batches\/\w+$/, operation: "Batches" },
  { methods: ["POST"], path: /^\/v1\/messages\/batches\/\w+\/cancel$/, operation: "Batches" },
  { methods: ["GET"], path: /^\/v1\/messages\/batches\/\w+\/results$/, operation: "Batches" },
  { methods: ["GET", "POST"], path: /^\/v1\/files$/, operation: "Files" },
  { methods: ["GET", "DELETE"], path: /^\/v1\/files\/\w+$/, operation: "Files" },
  { methods: ["GET"], path: /^\/v1\/files\/\w+\/content$/, operation: "Files" },
  { methods: ["HEAD", "GET"], path: /^\/api\/hello$/, operation: "Hello" },
  { methods: ["GET"], path: /^\/api\/oauth\/usage$/, operation: "ReadUsage" },
];

/** What Amazon Bedrock's runtime has, and of its control plane what clients ask for. */
const BEDROCK_ROUTES: readonly RouteRow[] = [
  { methods: ["POST"], path: /^\/model\/([^/]+)\/invoke$/, operation: "InvokeModel" },
  {
    methods: ["POST"],
    path: /^\/model\/([^/]+)\/invoke-with-response-stream$/,
    operation: "InvokeModelWithResponseStream",
  },
  { methods: ["POST"], path: /^\/model\/([^/]+)\/converse$/, operation: "Converse" },
  { methods: ["POST"], path: /^\/model\/([^/]+)\/converse-stream$/, operation: "ConverseStream" },
  { methods: ["POST"], path: /^\/model\/([^/]+)\/count-tokens$/, operation: "BedrockCountTokens" },
  { methods: ["GET"], path: /^\/inference-profiles$/, operation: "InferenceProfiles" },
  { methods: ["GET"], path: /^\/inference-profiles\/([^/]+)$/, operation: "InferenceProfiles" },
];

/** Where a client writes each form, and what stands before its paths. */
const FORMS: readonly { readonly form: RequestForm; readonly prefix: string; readonly rows: readonly RouteRow[] }[] = [
  { form: "messages", prefix: "", rows: MESSAGES_ROUTES },
  { form: "mantle", prefix: "/anthropic", rows: MESSAGES_ROUTES },
  { form: "bedrock", prefix: "", rows: BEDROCK_ROUTES },
  { form: "bedrock", prefix: "/bedrock", rows: BEDROCK_ROUTES },
];

/** What a path may hold: what a URL would read otherwise, such as `\`, `#` and dots that climb, is no path of the gateway's. */
const PLAIN_TARGET = /^\/[\w.~!$&'()*+,;=:@%/?-]*$/;
const CLIMBS = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * Finds what a client asks for. The path decides alone: neither `Host` nor an absolute target has a say.
 *
 * @param method The method.
 * @param target The target in origin form, as received.
 * @returns The route; the methods that the path has where only the method is unknown, `undefined` where the path is.
 */
export function findRoute(method: string, target: string): GatewayRoute | readonly string[] | undefined {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark);
  if (!PLAIN_TARGET.test(path) || CLIMBS.test(path) || query.includes("#")) return undefined;
  let methods: readonly string[] | undefined;
  for (const { form, prefix, rows } of FORMS) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    for (const row of rows) {
      const match = row.path.exec(rest);
      if (match === null) continue;
      if (!row.methods.includes(method)) {
        methods = [...(methods ?? []), ...row.methods];
        continue;
      }
      const pathModel = match[1] === undefined ? null : decodeModel(match[1]);
      return { form, operation: row.operation, target: rest + query, pathModel };
    }
  }
  return methods;
}

/** A model that cannot be decoded is what it is: nobody is served another one for it. */
function decodeModel(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
