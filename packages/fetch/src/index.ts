export { findModelProblem } from "./foresee/find-model-problem.ts";
export { planRequest, type PlanRequestOptions } from "./plan-request.ts";
export type { PlannedRequest, PlannedSignature, RequestPlan } from "./request-plan.ts";
