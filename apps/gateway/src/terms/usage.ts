export { NO_USAGE, type Usage } from "@claude-on-aws/fetch/usage";
