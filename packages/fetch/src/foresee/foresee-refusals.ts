import { isWorkspaceId, redactForm } from "@claude-on-aws/endpoints";
import type { Endpoint, Problem } from "@claude-on-aws/env";
import { describeRequestProblem } from "../describe-request-problem.ts";
import type { PlannedRequest } from "../request-plan.ts";
import { type Addressee, findAddressee } from "./addressee.ts";
import { findAuthenticationRefusal } from "./find-authentication-refusal.ts";
import { findModelRefusal } from "./find-model-refusal.ts";
import type { Foreseen } from "./foreseen.ts";
import { refusalOf } from "./refusals.ts";

const WORKSPACE_HEADER = "anthropic-workspace-id";
const TIER_HEADER = "x-amzn-bedrock-service-tier";
/** @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html | InvokeModel} */
const SERVICE_TIERS: readonly string[] = ["priority", "default", "flex", "reserved"];

/**
 * Foresees for what the service that gets a request refuses it, and says so in the problems of its plan: a problem that is
 * known already gets the refusal, any other is added. Of a gateway nothing is foreseen: it may change the request.
 *
 * @param request The request.
 * @param modelId The id or ARN that it asks for.
 * @param endpoint The endpoint that it goes to.
 * @param known The problems found so far.
 * @returns All problems. Of several with a `refusal`, the first that was added is what the service answers.
 */
export function foreseeRefusals(
  request: PlannedRequest,
  modelId: string,
  endpoint: Endpoint,
  known: readonly Problem[],
): readonly Problem[] {
  const addressee = findAddressee(request, endpoint.provider);
  if (addressee === undefined) return known;
  const foreseen = [
    findAuthenticationRefusal(request, endpoint, addressee),
    findPathRefusal(request, addressee),
    findWorkspaceRefusal(request, addressee),
    findTierRefusal(request, addressee),
    findModelRefusal(modelId, addressee),
  ].flatMap((each) => toProblem(each, addressee));
  // That an id is one of another provider says more than that it is unknown here.
  const ofOther = known.find(({ code }) => code === "MODEL_OF_OTHER_PROVIDER");
  const said = foreseen.map((problem) =>
    problem.code === "MODEL_UNKNOWN" && ofOther !== undefined ? { ...ofOther, refusal: problem.refusal } : problem,
  );
  return [...known.filter(({ code }) => !said.some((problem) => problem.code === code)), ...said];
}

type Refused = Problem & Required<Pick<Problem, "refusal">>;

function toProblem(foreseen: Foreseen | undefined, { provider }: Addressee): readonly Refused[] {
  if (foreseen === undefined) return [];
  const refusal = refusalOf(foreseen.code, provider);
  return refusal === undefined ? [] : [{ ...foreseen, refusal }];
}

function findPathRefusal({ url }: PlannedRequest, { provider }: Addressee): Foreseen | undefined {
  const { pathname } = new URL(url);
  if (provider !== "anthropic-aws" || pathname === "/v1/messages") return undefined;
  return describeRequestProblem("pathUnknown", { path: pathname });
}

function findWorkspaceRefusal({ headers }: PlannedRequest, { provider }: Addressee): Foreseen | undefined {
  if (provider !== "anthropic-aws") return undefined;
  const id = headers[WORKSPACE_HEADER];
  if (id === undefined) return describeRequestProblem("workspaceMissing", {});
  if (isWorkspaceId(id.trim())) return undefined;
  return describeRequestProblem("workspaceMalformed", { id: redactForm("workspace", id) });
}

function findTierRefusal({ headers }: PlannedRequest, { provider }: Addressee): Foreseen | undefined {
  const tier = headers[TIER_HEADER];
  if (provider !== "bedrock" || tier === undefined || SERVICE_TIERS.includes(tier.trim())) return undefined;
  return describeRequestProblem("serviceTierUnknown", { tier, tiers: SERVICE_TIERS.join(", ") });
}
