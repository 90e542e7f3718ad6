import { checkScenario, type ScenarioProblem, type ScenarioSource } from "@claude-on-aws/fake/server";
import { CliError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { parseArguments } from "../parse-arguments.ts";
import { sayWrongUsage } from "../wrong-usage.ts";
import { locateInJson, type TextPlace } from "./locate-in-json.ts";
import { readScenario } from "./read-scenario.ts";

const USAGE = `Usage: claude-on-aws fake check FILE [--json]

Says what is wrong with a scenario, and with those that it extends: what cannot
be read; rows that no request can meet, because they ask for what cannot be or a
row before them answers all that fits them; and faults that can strike no
request of their row. Each with its file, its line and its column.

Options:
  --json        Print one JSON object: rows, and problems with code, file, line,
                column, path, found, expected and fix.
  -h, --help    Print this text.

Exit status: 0 where nothing is wrong, 1 where something is, 2 for wrong usage
and where a file cannot be read.`;

/** A problem, and where in its file it stands. */
type Located = ScenarioProblem & TextPlace;

/** `claude-on-aws fake check`. */
export const checkCommand: Command = {
  name: "check",
  usage: USAGE,
  run: (args, terminal) => {
    let asked: ReturnType<typeof parse>;
    try {
      asked = parse(args);
    } catch (error) {
      return Promise.resolve(sayWrongUsage(terminal, error, "fake check"));
    }
    try {
      const { rows, problems } = check(asked.file);
      if (asked.json) terminal.out(JSON.stringify({ rows, problems }));
      else for (const line of formatCheck(asked.file, rows, problems)) terminal.out(line);
      return Promise.resolve(problems.length === 0 ? 0 : 1);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      terminal.error(error.message);
      return Promise.resolve(2);
    }
  },
};

function parse(args: readonly string[]): { readonly file: string; readonly json: boolean } {
  const { values, positionals } = parseArguments({
    args: [...args],
    options: { json: { type: "boolean" } },
    allowPositionals: true,
  });
  const [file, stray] = positionals;
  if (file === undefined) throw new CliError("USAGE", "No file was given: name the scenario.");
  if (stray !== undefined) throw new CliError("USAGE", `Unexpected argument "${stray}": this command takes one FILE.`);
  return { file, json: values.json === true };
}

function check(path: string): { readonly rows: number; readonly problems: readonly Located[] } {
  const texts = new Map<string, string>();
  const read = (reference: string, from?: string): ScenarioSource => {
    const source = readScenario(reference, from);
    texts.set(source.path, source.text);
    return source;
  };
  const { rows, problems } = checkScenario(read(path).text, { path, readScenario: read });
  return {
    rows,
    problems: problems.map((problem) => ({
      ...problem,
      ...locateInJson(texts.get(problem.file) ?? "", problem.path),
    })),
  };
}

function formatCheck(path: string, rows: number, problems: readonly Located[]): string[] {
  if (problems.length === 0) return [`${path}: ${rows} ${rows === 1 ? "row" : "rows"}, nothing wrong`];
  return problems.map(
    ({ file, line, column, code, path: at, found, expected, fix }) =>
      `${file}:${line}:${column}: ${code}${at === "" ? "" : ` at ${at}`}: found ${found}, expected ${expected}; ${fix}`,
  );
}
