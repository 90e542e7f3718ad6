/** The sections of an AWS file: section name → key → value. */
export type AwsFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads the text of `~/.aws/config` or `~/.aws/credentials`, as the AWS SDK for JavaScript does.
 *
 * Nothing in it is an error: a line that is neither a section nor `key = value` is skipped, and so is what stands
 * before the first section. The keys below a key without a value are its own: `s3.region`.
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
  return parseAwsSections(text, () => true);
}

/** Parses as {@link parseAwsFile} does, only the sections that are wanted: a file may have hundreds of profiles. */
export function parseAwsSections(text: string, isWanted: (section: string) => boolean): AwsFile {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let parent = "";
  for (const line of text.split("\n")) {
    if (section === undefined && !line.includes("[")) continue;
    const content = stripComment(line).trim();
    if (content.startsWith("[") && content.endsWith("]")) {
      const name = content.slice(1, -1).trim();
      section = isWanted(name) ? (sections.get(name) ?? new Map()) : undefined;
      if (section !== undefined) sections.set(name, section);
      parent = "";
      continue;
    }
    const equals = content.indexOf("=");
    if (section === undefined || equals < 1) continue;
    const key = content.slice(0, equals).trim();
    const value = content.slice(equals + 1).trim();
    if (value === "") {
      parent = key;
      continue;
    }
    const isIndented = line.startsWith(" ") || line.startsWith("\t");
    if (!isIndented) parent = "";
    section.set(parent === "" ? key : `${parent}.${key}`, value);
  }
  return sections;
}

// A comment begins at the line's start or behind a space: `a=b#c` holds none.
function stripComment(line: string): string {
  // Most lines hold no mark at all.
  if (!line.includes("#") && !line.includes(";")) return line;
  for (let index = 0; index < line.length; index++) {
    const character = line.charCodeAt(index);
    const isMark = character === 0x23 || character === 0x3b;
    if (isMark && (index === 0 || line[index - 1] === " " || line[index - 1] === "\t")) return line.slice(0, index);
  }
  return line;
}
