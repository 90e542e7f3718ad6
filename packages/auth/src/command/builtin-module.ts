import { AuthError } from "../errors.ts";

/** The builtin modules that this package asks for, and what each is. */
interface BuiltinModules {
  readonly "node:child_process": typeof import("node:child_process");
  readonly "node:os": typeof import("node:os");
  readonly "node:tty": typeof import("node:tty");
}

/**
 * Gives a builtin module of the runtime. Not an import: a worker without processes must load what calls this, too, as
 * long as it runs no command.
 *
 * @param name The module's name.
 * @returns The module.
 * @throws {AuthError} `COMMAND_NOT_STARTED` where the runtime has none.
 */
export function builtinModule<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] {
  const builtin = typeof process === "object" ? process.getBuiltinModule?.(name) : undefined;
  if (builtin !== undefined) return builtin as BuiltinModules[Name];
  throw new AuthError("COMMAND_NOT_STARTED", "Cannot run the command: this runtime starts no processes");
}
