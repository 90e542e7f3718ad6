import { FakeError } from "../../input/fake-error.ts";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import type { ScenarioScope } from "../../settings/scenario/scenario-state.ts";
import { readScenarioFile } from "./read-scenario-file.ts";

/** A file of a scenario. */
export interface ScenarioSource {
  /** What it is called: a file is read once, however it is reached. */
  readonly path: string;
  readonly text: string;
}

/** Options for `parseScenario` and `checkScenario`. */
export interface ParseScenarioOptions {
  /**
   * What the scenario is called, in messages and to `readScenario`.
   *
   * @default {""}
   */
  readonly path?: string | undefined;
  /**
   * Reads a scenario that another one extends.
   *
   * @param reference As it stands there, such as `./base.json`.
   * @param from What the one is called that names it.
   * @default {none: a scenario that extends another is refused}
   */
  readonly readScenario?: ((reference: string, from: string) => ScenarioSource) | undefined;
}

/** A row, and where it stands. */
interface PlacedRow {
  readonly row: ScenarioRow;
  /** The path of its file, as `readScenario` gave it. */
  readonly file: string;
  /** Its place in the file, such as `replies[3]`. */
  readonly place: string;
}

/** A scenario and all that it extends. */
export interface ExtendedScenario {
  readonly scope: ScenarioScope | undefined;
  /** The rows of the scenario, then those of what it extends. */
  readonly rows: readonly PlacedRow[];
  readonly problems: readonly FakeError[];
}

/** How many files one scenario may be made of. */
const MAX_FILES = 256;

/**
 * Reads a scenario and all that it extends.
 *
 * @returns Their rows, and what is wrong with them.
 */
export function extendScenario(text: string, { path = "", readScenario }: ParseScenarioOptions): ExtendedScenario {
  const rows: PlacedRow[] = [];
  const problems: FakeError[] = [];
  const seen = new Set<string>();
  let scope: ScenarioScope | undefined;

  const addFile = (source: ScenarioSource, chain: readonly string[]): void => {
    seen.add(source.path);
    const { file, problems: found } = readScenarioFile(source.text);
    problems.push(...found.map((problem) => problem.inFile(source.path)));
    if (file === undefined) return;
    scope ??= file.scope;
    for (const [index, row] of (file.replies ?? []).entries()) {
      rows.push({ row, file: source.path, place: `replies[${index}]` });
    }
    const references = file.extends === undefined ? [] : [file.extends].flat();
    for (const [index, reference] of references.entries()) {
      const at = Array.isArray(file.extends) ? `extends[${index}]` : "extends";
      const refuse = (foundThere: string, expected: string, fix: string): void =>
        void problems.push(
          new FakeError("SCENARIO_VALUE", { file: source.path, path: at, found: foundThere, expected, fix }),
        );
      if (readScenario === undefined) {
        refuse(JSON.stringify(reference), "a scenario that stands alone", "pass readScenario, which reads the file");
        continue;
      }
      const base = readScenario(reference, source.path);
      const circle = chain.indexOf(base.path);
      if (circle >= 0) {
        const names = [...chain.slice(circle), base.path].join(" → ");
        refuse(`a circle, ${names}`, "files that do not extend each other", "leave one of them out");
      } else if (seen.size >= MAX_FILES) {
        refuse(`more than ${MAX_FILES} files`, `at most ${MAX_FILES}`, "put several into one");
      } else if (!seen.has(base.path)) {
        addFile(base, [...chain, base.path]);
      }
    }
  };
  addFile({ path, text }, [path]);
  return { scope, rows, problems };
}
