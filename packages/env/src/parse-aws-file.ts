/** The sections of an AWS file: section name → key → value. */
export type AwsFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads the text of `~/.aws/config` or `~/.aws/credentials`, line by line as the AWS SDK for JavaScript does.
 *
 * Nothing in it is an error: a line that is neither a section nor `key = value` is skipped, and so is everything
 * before the first section. The keys below a key without a value belong to it: `s3.region`.
 *
 * @example Usage
 * ```ts
 * import { parseAwsFile } from "@claude-on-aws/env";
 * import { equal } from "node:assert/strict";
 *
 * const file = parseAwsFile("[profile work]\nregion = eu-west-1 # Ireland\n");
 *
 * equal(file.get("profile work")?.get("region"), "eu-west-1");
 * ```
 *
 * @param text The content of the file.
 * @returns Its sections by name, as written between the brackets.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html | Shared config file format}
 */
export function parseAwsFile(text: string): AwsFile {
  const sections = new Map<string, Map<string, string>>();
  readEntries(text, (name) => {
    const section = sections.get(name) ?? new Map<string, string>();
    sections.set(name, section);
    return (key, value) => section.set(key, value);
  });
  return sections;
}

/**
 * Reads the sections that somebody wants, and no other: a file may have hundreds of profiles.
 *
 * @param text The content of the file.
 * @param keyOf Gives the key under which a section is wanted, by its name between the brackets; two may have the same.
 * @returns The sections that hold a value, in the order of their first.
 */
export function parseAwsSections(text: string, keyOf: (section: string) => string | undefined): AwsFile {
  const sections = new Map<string, Map<string, string>>();
  readEntries(text, (name) => {
    const wanted = keyOf(name);
    if (wanted === undefined) return undefined;
    return (key, value) => {
      const section = sections.get(wanted);
      if (section === undefined) sections.set(wanted, new Map([[key, value]]));
      else section.set(key, value);
    };
  });
  return sections;
}

/** @param open Called with the name of each section; gives who is told of its entries, or nothing to skip them. */
function readEntries(
  text: string,
  open: (section: string) => ((key: string, value: string) => void) | undefined,
): void {
  let tell: ((key: string, value: string) => void) | undefined;
  let parent = "";
  for (const line of text.split("\n")) {
    if (tell === undefined && !line.includes("[")) continue;
    const content = stripComment(line).trim();
    if (content.startsWith("[") && content.endsWith("]")) {
      const name = content.slice(1, -1);
      tell = name === "" ? undefined : open(name);
      parent = "";
      continue;
    }
    const equals = content.indexOf("=");
    if (tell === undefined || equals < 1) continue;
    const key = content.slice(0, equals).trim();
    const value = content.slice(equals + 1).trim();
    if (value === "") {
      parent = key;
      continue;
    }
    const isIndented = line.trimStart() !== line;
    if (!isIndented) parent = "";
    tell(parent === "" ? key : `${parent}.${key}`, value);
  }
}

const SPACE = /\s/;

// A comment begins at the line's start or after a space: `a=b#c` holds none.
function stripComment(line: string): string {
  // Most lines hold no mark at all.
  if (!line.includes("#") && !line.includes(";")) return line;
  for (let index = 0; index < line.length; index++) {
    const character = line.charCodeAt(index);
    const isMark = character === 0x23 || character === 0x3b;
    if (isMark && (index === 0 || SPACE.test(line.charAt(index - 1)))) return line.slice(0, index);
  }
  return line;
}
