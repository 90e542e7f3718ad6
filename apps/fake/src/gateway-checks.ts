export { FakeError, type FakeErrorCode } from "./input/fake-error.ts";
export { checkGateway, type CheckGatewayOptions, type GatewayReport } from "./gateway-checks/check-gateway.ts";
export type { CheckSource } from "./gateway-checks/check-source.ts";
export { type FormatGatewayReportOptions, formatGatewayReport } from "./gateway-checks/format-gateway-report.ts";
export type {
  GatewayCheck,
  GatewayCheckGroup,
  GatewayCheckResult,
  GatewayVerdict,
} from "./gateway-checks/gateway-check.ts";
export { GATEWAY_CHECKS } from "./gateway-checks/gateway-checks.ts";
