import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Facts } from "../terms/uncertain-facts.ts";
import { fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";

/**
 * Checks whether a body is declared as JSON. For Amazon Bedrock, AWS's SDKs declare it as mere bytes unless told
 * otherwise.
 *
 * @returns `content-type-unsupported` where it is not.
 */
export function checkContentType({ request, route }: Exchange, { facts }: FakeSettings): Verdict {
  const takes = route.operation?.built?.takes;
  if (request.method !== "POST" || takes === "nothing") return "not-applicable";
  const type = headerValue(request.headers, "content-type");
  if (takes === "form") return checkForm(type, facts);
  if (type === undefined ? !facts.contentTypeRequired : isJson(type)) return undefined;
  if (route.provider === "bedrock" && type === "application/octet-stream") return undefined;
  const found = type === undefined ? "none" : `"${type.slice(0, 100)}"`;
  return fault("content-type-unsupported", `content-type: expected "application/json", found ${found}`, {
    status: facts.contentTypeStatus,
  });
}

function checkForm(type: string | undefined, { contentTypeStatus }: Facts): Verdict {
  if (type?.trim().toLowerCase().startsWith("multipart/form-data") === true) return undefined;
  const found = type === undefined ? "none" : `"${type.slice(0, 100)}"`;
  const message = `content-type: expected "multipart/form-data", found ${found}`;
  return fault("content-type-unsupported", message, { status: contentTypeStatus });
}

const isJson = (type: string): boolean => {
  const end = type.indexOf(";");
  const essence = (end < 0 ? type : type.slice(0, end)).trim().toLowerCase();
  return essence === "application/json" || essence.endsWith("+json");
};
