export { createPolicyCommand, policyCommand } from "./policy-command.ts";
