import { SOAK } from "@claude-on-aws/fixtures";

/** What is written again and again: what starts or ends something in one of the languages that are read here. */
const UNITS: readonly string[] = [
  "a",
  "A1",
  "0",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\n ",
  "/",
  "//",
  "/..",
  "/a",
  ":",
  ":1",
  "%",
  "%2F",
  "%25",
  "=",
  "a=b&",
  "&a",
  "+",
  "-",
  "a-",
  ".",
  "a.",
  ",",
  "a, ",
  ";",
  "{",
  "}",
  "[",
  "[,",
  "]",
  '{"a":',
  '["',
  '"',
  '\\"',
  "\\",
  "*",
  "*a",
  "?",
  "?a",
  "*?",
  "(",
  ")",
  "<",
  ">",
  "#",
  "'",
  "${",
  "${a}",
  "$",
  "@",
  "_",
  "!",
  "é",
  "\u{1f600}",
  "\ud800",
  "\u0000",
  "AEAA",
  "ABSK",
  "sk-ant-api03-",
  "bedrock-api-key-",
  "Bearer ",
  "arn:",
  "arn:aws:bedrock:",
  "/arn:a",
  "X-Amz-Signature=",
  "token=",
  "data: ",
  "event: a\n",
  "data: {}\n\n",
  "[default]\n",
  "a = b\n",
];

const ENDS: readonly string[] = ["", "x", "\n", "/"];

/** A text that repeats one thing to a length, with something else at its end: what backtracks begins anew at each of them. */
export type HostileText = readonly [name: string, make: (length: number) => string];

const textsOf = (units: readonly string[], ends: readonly string[]): readonly HostileText[] =>
  units.flatMap((unit) =>
    ends.map((end): HostileText => [
      JSON.stringify(`${unit}…${end}`),
      (length) => unit.repeat(Math.max(1, Math.floor(length / unit.length))) + end,
    ]),
  );

/** For what takes a text alone; at full length all of them. */
export const HOSTILE_TEXTS: readonly HostileText[] = SOAK
  ? textsOf(UNITS, ENDS)
  : textsOf(["a", " ", "/", "%2F", ", ", "=", "&a=", "[", "]", '"', "{", "${", "*a", ":", "ABSK", "\n", "é"], ["x"]);

/** For what does much with a text, which costs more. */
export const SOME_HOSTILE_TEXTS: readonly HostileText[] = SOAK
  ? textsOf(["a", " ", "/", "/..", "%2F", ", ", "=", "&a", "[", "]", '"', "ABSK", "é"], ["", "x"])
  : textsOf(["/%2F", 'a, "'], ["x"]);

/** Where the text makes no difference. */
export const ONE_HOSTILE_TEXT: readonly HostileText[] = textsOf(["a"], [""]);
