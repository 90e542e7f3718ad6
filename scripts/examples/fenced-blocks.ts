/** What a block is to a story. */
type StoryPart = "install" | "file" | "run" | "prints";

/** What is known of a block besides its text. */
type BlockMark =
  /** It cannot be run alone. */
  | { readonly kind: "not run"; readonly reason: string }
  /** A test of its own runs it. */
  | { readonly kind: "run by"; readonly path: string }
  /** It is meant to fail. */
  | { readonly kind: "ends with"; readonly status: number; readonly words: string }
  /** It is a part of a story, which is run as a whole: what is installed, a file by its path, commands, or what they print. */
  | {
      readonly kind: "story";
      readonly story: string;
      readonly part: StoryPart;
      /** Of a file; empty for others. */
      readonly path: string;
      /** With which commands end, and what they then have printed. */
      readonly status: number;
      readonly words: string;
    };

/** A fenced block of code. */
export interface FencedBlock {
  /** The file that it stands in. */
  readonly file: string;
  /** Of its fence, counted from 1. */
  readonly line: number;
  /** As the fence names it, such as `ts`. */
  readonly language: string;
  readonly text: string;
  readonly mark: BlockMark | undefined;
}

const FENCE = /^(?<indent>\s*)```(?<language>[\w-]*)/;
const COMMENT = /^\s*<!-- (?<words>.+) -->$/;
const DOC_PREFIX = /^\s*\* ?/;

/**
 * Takes the fenced blocks out of a Markdown file, or out of the docstrings of a TypeScript file.
 *
 * In Markdown a comment right before the fence marks a block: `<!-- not run: reason -->`, `<!-- run by path/of.test.ts -->`,
 * or `<!-- ends with 1: words that it then prints -->`; of a story `<!-- story NAME: install -->`, `<!-- story NAME: file PATH -->`,
 * `<!-- story NAME: run -->`, `<!-- story NAME: prints -->`, or `<!-- story NAME: run, ends with 1: words -->`. In a docstring there is nothing to mark: its example stands alone.
 *
 * @param text The file.
 * @param file Its path; its ending says what it is.
 * @throws {SyntaxError} A fence is not closed.
 */
export function parseFencedBlocks(text: string, file: string): FencedBlock[] {
  const isMarkdown = file.endsWith(".md");
  const blocks: FencedBlock[] = [];
  let open:
    | { line: number; language: string; indent: string; lines: string[]; mark: BlockMark | undefined }
    | undefined;
  let mark: BlockMark | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    if (!isMarkdown && !DOC_PREFIX.test(raw)) continue;
    const line = isMarkdown ? raw : raw.replace(DOC_PREFIX, "");
    const fence = FENCE.exec(line)?.groups;
    if (open !== undefined && fence?.["language"] === "") {
      blocks.push({
        file,
        line: open.line,
        language: open.language,
        text: `${open.lines.join("\n")}\n`,
        mark: open.mark,
      });
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    } else if (fence !== undefined) {
      open = { line: index + 1, language: fence["language"] ?? "", indent: fence["indent"] ?? "", lines: [], mark };
      mark = undefined;
    } else if (line.trim() !== "") {
      mark = parseMark(COMMENT.exec(line)?.groups?.["words"]);
    }
  }
  if (open !== undefined) throw new SyntaxError(`${file}:${open.line}: the fence is not closed`);
  return blocks;
}

const STORY =
  /^story (?<story>\w+): (?<part>install|file|run|prints)(?: (?<path>[\w./-]+))?(?:, (?<ending>ends with .+))?$/;
const ENDING = /^ends with (?<status>\d+): (?<words>.+)$/;

function parseMark(words = ""): BlockMark | undefined {
  const { story, part, path = "", ending = "" } = STORY.exec(words)?.groups ?? {};
  const { status, words: printed = "" } = ENDING.exec(story === undefined ? words : ending)?.groups ?? {};
  if (story !== undefined) {
    return {
      kind: "story",
      story,
      part: part as StoryPart,
      path,
      status: Number(status ?? 0),
      words: printed,
    };
  }
  if (status !== undefined) return { kind: "ends with", status: Number(status), words: printed };
  const [, kind, rest = ""] = /^(not run:|run by) (.+)$/.exec(words) ?? [];
  if (kind === "not run:") return { kind: "not run", reason: rest };
  return kind === "run by" ? { kind, path: rest } : undefined;
}
