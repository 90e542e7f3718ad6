import { type FactKind, type Facts, factKind, UNCERTAIN_FACTS } from "@claude-on-aws/fake/server";
import { CliError } from "../cli-error.ts";

/**
 * Reads facts that are given as `NAME=VALUE`.
 *
 * @param given The values of `--fact`.
 * @returns The facts by name.
 * @throws {CliError} `USAGE` on a name that is not in the table, or a value of another kind than its default or its values.
 */
export function parseFacts(given: readonly string[]): Partial<Facts> {
  return Object.fromEntries(given.map(parseFact)) as Partial<Facts>;
}

function parseFact(text: string): [name: string, value: unknown] {
  const at = text.indexOf("=");
  const name = text.slice(0, Math.max(at, 0));
  if (at < 1) throw new CliError("USAGE", `Cannot read --fact "${text}": expected NAME=VALUE`);
  if (!Object.hasOwn(UNCERTAIN_FACTS, name)) {
    throw new CliError(
      "USAGE",
      `Cannot use --fact "${name}": expected one of ${Object.keys(UNCERTAIN_FACTS).join(", ")}`,
    );
  }
  const { values }: { readonly values?: readonly unknown[] } = UNCERTAIN_FACTS[name as keyof Facts];
  const kind = factKind(name as keyof Facts);
  const value = READ[kind](text.slice(at + 1));
  if (value === undefined) throw new CliError("USAGE", `Cannot use --fact "${text}": expected ${KINDS[kind]}`);
  if (values !== undefined && !values.includes(value)) {
    throw new CliError("USAGE", `Cannot use --fact "${text}": expected one of ${values.join(", ")}`);
  }
  return [name, value];
}

const READ: Readonly<Record<FactKind, (text: string) => unknown>> = {
  status: (text) => (/^[45]\d\d$/.test(text) ? Number(text) : undefined),
  number: (text) => (/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined),
  boolean: (text) => ({ true: true, false: false })[text],
  string: (text) => text,
};

const KINDS: Readonly<Record<FactKind, string>> = {
  status: "a status from 400 to 599",
  number: "a number",
  boolean: "true or false",
  string: "a text",
};
