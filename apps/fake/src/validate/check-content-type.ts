import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";

/** Whether a body is declared as JSON. To Amazon Bedrock, AWS's SDKs declare it as mere bytes unless they are told. */
export function checkContentType({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  if (request.method !== "POST") return "not-applicable";
  const type = headerValue(request.headers, "content-type");
  if (type === undefined ? !facts.contentTypeRequired : isJson(type)) return undefined;
  if (route.provider === "bedrock" && type === "application/octet-stream") return undefined;
  const found = type === undefined ? "none" : `"${type.slice(0, 100)}"`;
  return fault("content-type-unsupported", `content-type: expected "application/json", found ${found}`, {
    status: facts.contentTypeStatus,
  });
}

const isJson = (type: string): boolean => {
  const end = type.indexOf(";");
  const essence = (end < 0 ? type : type.slice(0, end)).trim().toLowerCase();
  return essence === "application/json" || essence.endsWith("+json");
};
