/** A piece of TypeScript: a word or number, a string without its quotes, or one character of punctuation. */
export interface Token {
  readonly kind: "word" | "string" | "mark";
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|#![^\n]*/y;
const WORD = /[\w$\u0080-\u{10FFFF}]+/uy;
const STRING = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y;
const REGULAR_EXPRESSION = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const TEMPLATE_PART = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{)/y;

/** After these words a slash begins a regular expression, after others it divides. */
const BEFORE_EXPRESSION = new Set(["return", "typeof", "case", "in", "of", "void", "await", "yield", "throw", "else"]);

/**
 * Cuts TypeScript into tokens, as far as finding imports asks for it: comments and the text of regular expressions and
 * of templates are left out, so that an import written in one of them is none. A template without expressions is a
 * string.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  // One entry for each open `${`: how many braces are open inside it.
  const openBraces: number[] = [];
  let line = 1;
  let at = 0;

  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return undefined;
    at += found.length;
    return found;
  };
  const push = (kind: Token["kind"], content: string, source: string): void => {
    tokens.push({ kind, text: content, line });
    line += countLines(source);
  };
  const readTemplate = (start: string): void => {
    const part = read(TEMPLATE_PART) ?? "";
    if (part.endsWith("${")) openBraces.push(0);
    const whole = start === "`" && part.endsWith("`");
    push(whole ? "string" : "mark", whole ? part.slice(0, -1) : "`", part);
  };

  while (at < text.length) {
    const blank = read(SPACE) ?? read(COMMENT);
    if (blank !== undefined) {
      line += countLines(blank);
      continue;
    }
    const word = read(WORD);
    if (word !== undefined) {
      push("word", word, word);
      continue;
    }
    const string = read(STRING);
    if (string !== undefined) {
      push("string", string.slice(1, -1), string);
      continue;
    }
    if (text[at] === "/" && beginsExpression(tokens.at(-1))) {
      const expression = read(REGULAR_EXPRESSION);
      if (expression !== undefined) {
        push("mark", "/", expression);
        continue;
      }
    }
    const mark = text[at] ?? "";
    at += 1;
    const depth = openBraces.at(-1);
    if (mark === "`") {
      readTemplate(mark);
    } else if (mark === "}" && depth === 0) {
      openBraces.pop();
      readTemplate(mark);
    } else {
      if (depth !== undefined && mark === "{") openBraces[openBraces.length - 1] = depth + 1;
      if (depth !== undefined && mark === "}") openBraces[openBraces.length - 1] = depth - 1;
      push("mark", mark, mark);
    }
  }
  return tokens;
}

function beginsExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === "word") return BEFORE_EXPRESSION.has(previous.text);
  return previous.kind === "mark" && !")]}`".includes(previous.text);
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
