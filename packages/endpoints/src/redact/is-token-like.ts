import { wordlikeness } from "./letter-pairs.ts";

/** Anything shorter occurs by chance. */
const MIN_TOKEN_LENGTH = 8;

/** Longer numbers are no dates, times, accounts or counts. */
const MAX_NUMBER_LENGTH = 14;

/** Mixtures of letters and digits as people write them: `16KiB`, `20150830T123600Z`, `x86`. */
const USUAL_MIXTURE = /^(?:\d{1,5}[A-Za-z]{1,3}|v?\d{8}(?:T\d{6}Z?)?|[A-Za-z]{1,3}\d{1,3}[A-Za-z]{1,3})$/;

/** Words around one number, or before it: `Uint8Array`, `needs1mBeta`, `sha256`. */
const NUMBER_IN_WORDS = /^([A-Za-z]{0,16})(?:\d{1,3}([A-Za-z]{1,16})|\d{1,4})$/;

/** Words within one that is written in camel case, and abbreviations. */
const HUMPS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;

/** Fewer letters on average are no words; the longer the name, the more it takes. */
const HUMP_LENGTHS: readonly (readonly [length: number, least: number])[] = [
  [16, 3.4],
  [12, 3.1],
  [0, 2.6],
];

/** What words have at least, by their length: the longer, the less is left to chance. */
const WORDLIKENESS: readonly (readonly [length: number, least: number])[] = [
  [20, 5.9],
  [16, 5.7],
  [12, 5.5],
  [10, 5.2],
  [8, 4.9],
  [6, 4.2],
];

/**
 * What words have at least that are written together, in camel case and with marks between them: each may be short, so that it
 * says nothing alone. None of the 45,000 words of twelve letters or more in the declarations and documents of this
 * repository and its dependencies has less.
 */
const LEAST_IN_CAMEL_CASE = 5;
const LEAST_AMONG_MARKS = 4.4;

/** Shorter ones are too few pairs of letters to tell. */
const MIN_TOGETHER_LENGTH = 12;
const MIN_PAIRS = 9;

/**
 * Tells whether a word in free text may be a key or a token: letters and digits mixed without a pattern, letters that make no
 * word, long numbers.
 *
 * @param word A run of characters without white space.
 * @returns `false` for what is written in words, also joined by hyphens, dots, slashes or camel case.
 */
export function isTokenLike(word: string): boolean {
  if (word.length < MIN_TOKEN_LENGTH) return false;
  let strange = 0;
  let mixed = 0;
  for (const [piece] of word.matchAll(/[A-Za-z0-9]+/g)) {
    const kind = kindOf(piece);
    if (kind === "strange") strange += piece.length;
    else if (kind === "mixed") mixed += piece.length;
  }
  if (strange >= MIN_TOKEN_LENGTH) return true;
  // Short mixtures are usual, one beside many words; several together are what a separator has cut.
  if (strange + mixed >= MIN_TOKEN_LENGTH && strange + mixed >= word.length / 3) return true;
  return changesOften(word) || isMixedCase(word);
}

/**
 * Tells whether a word that was cut off may be the beginning of a key or a token, of which too little is left to tell.
 *
 * @example Usage
 * ```ts
 * import { mayBeginToken } from "@claude-on-aws/endpoints";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(["bedrock-20", "bDltNH"].map(mayBeginToken), [false, true]);
 * ```
 *
 * @param word What is left of it.
 * @returns `false` for what is written in words so far.
 */
export const mayBeginToken = (word: string): boolean =>
  (word.match(/[A-Za-z0-9]+/g) ?? []).some((piece) => kindOf(piece) !== "usual");

/** Whether a piece is written as people write, may have been cut out of a token, or surely was. */
function kindOf(piece: string): "usual" | "mixed" | "strange" {
  // A line of one character, and the filling of a test.
  if (/^(.)\1*$/.test(piece)) return "usual";
  if (/^\d+$/.test(piece)) return piece.length > MAX_NUMBER_LENGTH ? "strange" : "usual";
  if (isUsual(piece)) return "usual";
  return piece.length < MIN_TOKEN_LENGTH ? "mixed" : "strange";
}

function isUsual(piece: string): boolean {
  if (!/\d/.test(piece)) return areWords(piece);
  if (USUAL_MIXTURE.test(piece)) return true;
  const [found, before = "", after = ""] = NUMBER_IN_WORDS.exec(piece) ?? [];
  return found !== undefined && areWords(before) && areWords(after) && isWord(before + after);
}

/** Whether letters are words, one or more of them in camel case. */
function areWords(letters: string): boolean {
  const humps = letters.match(HUMPS) ?? [];
  if (letters.length < 3 || humps.length === 1) return isWord(letters);
  return (
    letters.length / humps.length >= leastOf(HUMP_LENGTHS, letters.length) &&
    humps.every(isWord) &&
    (letters.length < MIN_TOGETHER_LENGTH || together(humps) >= LEAST_IN_CAMEL_CASE)
  );
}

/** How much words look like ones, all together: one of a few letters alone says nothing. */
function together(words: readonly string[]): number {
  let [all, pairs] = [0, 0];
  for (const word of words) {
    if (word.length < 2) continue;
    all += wordlikeness(word.toLowerCase()) * (word.length - 1);
    pairs += word.length - 1;
  }
  return pairs < MIN_PAIRS ? Infinity : all / pairs;
}

function isWord(letters: string): boolean {
  const least = leastOf(WORDLIKENESS, letters.length);
  return least === 0 || wordlikeness(letters.toLowerCase()) >= least;
}

function leastOf(table: readonly (readonly [length: number, least: number])[], length: number): number {
  return table.find(([from]) => length >= from)?.[1] ?? 0;
}

const KINDS: readonly RegExp[] = [/[a-z]/, /[A-Z]/, /\d/];

/** Whether small and capital letters are together no words, as in a token that marks have cut into short pieces. */
function isMixedCase(word: string): boolean {
  if (word.length < MIN_TOGETHER_LENGTH || !/[a-z]/.test(word) || !/[A-Z]/.test(word)) return false;
  return together(word.match(HUMPS) ?? []) < LEAST_AMONG_MARKS;
}

/** Below this, marks and capitals are those of a name or of code. */
const MIN_CHANGING_LENGTH = 12;

/** Fewer characters on average do not stand together by chance. */
const MIN_RUN_LENGTH = 2.3;

/** Versions, and other numbers in a row, change as often and say nothing. */
const NUMBERS = /(?<!\d)\d+(?:[.:-]\d+)+/g;

/**
 * Whether small and capital letters and digits follow each other by chance, as in a password. Capitals that begin a word
 * count for nothing.
 */
function changesOften(word: string): boolean {
  if (word.length < MIN_CHANGING_LENGTH || !KINDS.every((kind) => kind.test(word))) return false;
  const runs = word.replace(NUMBERS, "").match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  const characters = runs.reduce((sum, { length }) => sum + length, 0);
  return runs.length > MIN_CHANGING_RUNS && characters / runs.length < MIN_RUN_LENGTH;
}

const MIN_CHANGING_RUNS = 4;
