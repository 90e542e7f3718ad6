import type { Command } from "./command.ts";

/** A command that is loaded when it is asked for: none waits for what another one needs. */
export interface CommandRow {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: "status",
    summary: "say what Claude Code would do with this configuration",
    load: async () => (await import("./status/index.ts")).statusCommand,
  },
  {
    name: "login",
    summary: "refresh the AWS credentials, and say whose they are and until when",
    load: async () => (await import("./login/index.ts")).loginCommand,
  },
  {
    name: "ask",
    summary: "send one message with this configuration, and stream the answer",
    load: async () => (await import("./ask/index.ts")).askCommand,
  },
  {
    name: "verify",
    summary: "verify recorded requests, and say why a signature is wrong",
    load: async () => (await import("./verify/index.ts")).verifyCommand,
  },
  {
    name: "fake",
    summary: "start a stand-in for Claude on AWS that verifies every request",
    load: async () => (await import("./fake/fake-command.ts")).fakeCommand,
  },
  {
    name: "gateway",
    summary: "start a gateway that signs, for clients that know a base URL",
    load: async () => (await import("./gateway/gateway-command.ts")).gatewayCommand,
  },
  {
    name: "models",
    summary: "list aliases, model ids, regions and inference profiles",
    load: async () => (await import("./models/index.ts")).modelsCommand,
  },
  {
    name: "policy",
    summary: "write the least IAM policy that a configuration needs, or check one",
    load: async () => (await import("./policy/index.ts")).policyCommand,
  },
];
