/** A part of two canonical requests, side by side. */
export interface ComparedPart {
  /** Which part of a canonical request it is: `method`, `header host`. */
  readonly name: string;
  /** Absent where the part is not in what was expected. */
  readonly expected?: string;
  /** Absent where the part is not in what was signed. */
  readonly signed?: string;
  readonly differs: boolean;
}

type Parts = ReadonlyMap<string, string>;

/**
 * Puts two canonical requests side by side, part by part: headers by name, so
 * that one too many does not shift the others.
 *
 * @param expected What the service would have signed.
 * @param signed What the client signed.
 * @returns Every part of either, in the order of the canonical request.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function compareCanonicalRequests(expected: string, signed: string): readonly ComparedPart[] {
  const [left, right] = [readParts(expected), readParts(signed)];
  return mergeNames([...left.keys()], [...right.keys()]).map((name) => {
    const [one, other] = [left.get(name), right.get(name)];
    return {
      name,
      ...(one === undefined ? {} : { expected: one }),
      ...(other === undefined ? {} : { signed: other }),
      differs: one !== other,
    };
  });
}

/**
 * Reads the parts of a canonical request.
 *
 * @returns By name; line by line where the text is no canonical request.
 */
export function readParts(text: string): Parts {
  const lines = text.split("\n");
  const [signedHeaders, hash] = lines.slice(-2);
  if (lines.length < 6 || lines.at(-3) !== "") return new Map(lines.map((line, at) => [`line ${at + 1}`, line]));
  const [method = "", path = "", query = "", ...headers] = lines.slice(0, -3);
  return new Map([
    ["method", method],
    ["path", path],
    ["query", query],
    ...headers.map((line): [string, string] => [`header ${line.split(":", 1)[0]}`, line]),
    ["signed headers", signedHeaders ?? ""],
    ["body hash", hash ?? ""],
  ]);
}

/** All names: those of the second list that are not in the first stand after the one that they follow. */
function mergeNames(first: readonly string[], second: readonly string[]): readonly string[] {
  const names = [...first];
  let at = 0;
  for (const name of second) {
    const found = names.indexOf(name);
    if (found < 0) names.splice(at++, 0, name);
    else at = found + 1;
  }
  return names;
}

/** Two texts, cut where they begin and where they cease to differ. */
export interface Difference {
  readonly before: string;
  readonly one: string;
  readonly other: string;
  readonly after: string;
}

/**
 * Finds where two texts differ.
 *
 * @returns What they have in common at the beginning and at the end, and what is between.
 */
export function findDifference(one: string, other: string): Difference {
  const [left, right] = [[...one], [...other]];
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return {
    before: left.slice(0, start).join(""),
    one: left.slice(start, left.length - end).join(""),
    other: right.slice(start, right.length - end).join(""),
    after: left.slice(left.length - end).join(""),
  };
}
