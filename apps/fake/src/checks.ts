import { checkPermission } from "./authorize/check-permission.ts";
import { checkBuilt, checkRoute } from "./authorize/check-route.ts";
import type { CHECK_NAMES, CheckName } from "./exchange/check-name.ts";
import type { Check } from "./exchange/check.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { checkBodySize } from "./validate/check-body-size.ts";
import { checkApiVersion } from "./validate/check-api-version.ts";
import { checkBetas } from "./validate/check-betas.ts";
import { checkBody } from "./validate/check-body.ts";
import { checkCapabilities } from "./validate/capabilities/check-capabilities.ts";
import { checkContentType } from "./validate/check-content-type.ts";
import { checkInvocationHeaders } from "./validate/check-invocation-headers.ts";
import { checkJson } from "./validate/check-json.ts";
import { checkModel } from "./validate/check-model.ts";
import { checkModelAccess } from "./validate/check-model-access.ts";
import { checkAuthentication } from "./verify/check-authentication.ts";
import { checkWorkspace } from "./verify/check-workspace.ts";

/** One check for each name, in the order of the names. */
type ChecksOf<Names extends readonly CheckName[]> = { readonly [Place in keyof Names]: Check<Exchange, Names[Place]> };

/**
 * Everything that is asked of a request, in the order in which it is asked:
 * the first that fails is what the client is told. Where the services do not
 * say which error wins, this order is the fake's own.
 */
export const CHECKS: ChecksOf<typeof CHECK_NAMES> = [
  { name: "body-size", decisive: true, check: checkBodySize },
  { name: "authentication", check: checkAuthentication },
  { name: "route", decisive: true, check: checkRoute },
  { name: "workspace", check: checkWorkspace },
  { name: "permission", check: checkPermission },
  { name: "built", decisive: true, check: checkBuilt },
  { name: "api-version", check: checkApiVersion },
  { name: "content-type", check: checkContentType },
  { name: "invocation-headers", check: checkInvocationHeaders },
  { name: "json", decisive: true, check: checkJson },
  { name: "model", decisive: true, check: checkModel },
  { name: "model-access", check: checkModelAccess },
  { name: "betas", check: checkBetas },
  { name: "body", check: checkBody },
  { name: "capabilities", check: checkCapabilities },
];

/** What is asked of a body alone, wherever it came from. */
export const BODY_CHECKS: readonly Check[] = CHECKS.slice(CHECKS.findIndex(({ name }) => name === "model"));
