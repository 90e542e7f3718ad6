/** The builtin modules that transports ask for, and what each is. */
interface BuiltinModules {
  readonly "node:buffer": typeof import("node:buffer");
  readonly "node:http": typeof import("node:http");
  readonly "node:https": typeof import("node:https");
  readonly "node:net": typeof import("node:net");
  readonly "node:tls": typeof import("node:tls");
}

/**
 * Gives a builtin module of the runtime. Not an import: a worker without it must load what calls this, too.
 *
 * @param name The module's name.
 * @returns The module; `undefined` where the runtime has none.
 */
export function builtinModule<Name extends keyof BuiltinModules>(name: Name): BuiltinModules[Name] | undefined {
  return typeof process === "object" ? process.getBuiltinModule?.(name) : undefined;
}
