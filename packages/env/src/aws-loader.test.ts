import { soakProperty } from "@claude-on-aws/fixtures";
import { isDeepStrictEqual } from "node:util";
import { externalDataInterceptor, parseKnownFiles } from "@smithy/core/config";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAwsFile } from "./parse-aws-file.ts";
import { type AwsFiles, resolveProfile } from "./resolve-profile.ts";

/**
 * Files on which this package and AWS's loader differ, and why. The loader is that of today's SDK; Claude Code 2.1.329 has
 * the one of `@smithy/shared-ini-file-loader` 4.4.0, which reads the same.
 */
const DELIBERATE_DIFFERENCES = [
  {
    reason: "it forgets the whole file for one section that is called __proto__; nobody means that",
    config: "[default]\nregion = us-east-1\n[__proto__]\na = b\n",
    name: "default",
    ours: { region: "us-east-1" },
    aws: undefined,
  },
  {
    reason: "it keeps keys in a plain object, where one that is called __proto__ gets lost, except on Deno",
    config: "[default]\nregion = us-east-1\n__proto__ = a\n",
    name: "default",
    ours: { region: "us-east-1", ["__proto__"]: "a" },
    aws: { region: "us-east-1", ...("Deno" in globalThis && { ["__proto__"]: "a" }) },
  },
  {
    reason:
      "it keeps sections in a plain object, and writes those that are called like a member of each into that member",
    config: "",
    credentials: "[isPrototypeOf]\na = b\n",
    name: "isPrototypeOf",
    ours: { a: "b" },
    aws: undefined,
  },
] as const;

type Profiles = ReadonlyMap<string, Readonly<Record<string, string | undefined>>>;

/** What AWS's own loader finds in the files. */
async function askAws({ config, credentials }: AwsFiles): Promise<Profiles> {
  const [configFilepath, filepath] = ["/config", "/credentials"];
  externalDataInterceptor.interceptFile(configFilepath, config ?? "");
  externalDataInterceptor.interceptFile(filepath, credentials ?? "");
  return new Map(Object.entries(await parseKnownFiles({ configFilepath, filepath })));
}

function ask(files: AwsFiles, name: string): Readonly<Record<string, string>> | undefined {
  const profile = resolveProfile(files, name);
  return profile && Object.fromEntries([...profile].map(([key, { value }]) => [key, value]));
}

/** Every name that a section of the files might stand for. */
function namesIn(files: AwsFiles): readonly string[] {
  const sections = [files.config, files.credentials].flatMap((text) => [...parseAwsFile(text ?? "").keys()]);
  return sections.flatMap((section) => {
    const bare = section.replace(/^\s*[\w-]+[\s.]+/, "");
    const all = [section, section.trim(), bare, bare.trim(), bare.replaceAll(/^["']|["']$/g, "")];
    return [...all, ...all.map((name) => `profile.${name}`), section.replace(/\s/, ".")];
  });
}

/** What this package and AWS's loader find of a profile. */
type Pair = readonly [name: string, ours: unknown, aws: unknown];

const differ = ([, ours, aws]: Pair): boolean => !isDeepStrictEqual(ours, aws);

/** Where the two differ in the profiles of the files. */
async function findDifferences(files: AwsFiles): Promise<readonly Pair[]> {
  const profiles = await askAws(files);
  const names = new Set([...profiles.keys(), ...namesIn(files)]);
  // The empty name is that of no profile: AWS_PROFILE="" is as good as none.
  names.delete("");
  return [...names].map((name): Pair => [name, ask(files, name), profiles.get(name)]).filter((pair) => differ(pair));
}

/** Where the two differ in the sections of a credentials file, which are profiles as they are written if of no type. */
async function findSectionDifferences(credentials: string): Promise<readonly Pair[]> {
  const sections = parseAwsFile(credentials);
  return [...(await askAws({ credentials }))]
    .filter(([name]) => !/^(?:profile|sso-session|services)\./.test(name))
    .map(([name, profile]): Pair => [name, Object.fromEntries(sections.get(name) ?? []), profile])
    .filter((pair) => differ(pair));
}

const SPACES = ["", "", "", " ", "  ", "\t", "\u00A0", "\v", "\r", "\uFEFF"];
const NAMES = [
  "a",
  "a",
  "a",
  "b",
  "default",
  "default",
  "work",
  "x.y",
  "a/b:c@d+e%f",
  "a b",
  "ärger",
  "sso-session.a",
  "services",
  "profile",
  "-",
  "A",
];
const TYPES = ["profile", "profile", "profile", "sso-session", "services", "plugins", "Profile", "PROFILE", "prof ile"];
const KEYS = ["region", "region", "aws_access_key_id", "Region", "s3", "s3", "max_retries", "a b", "a.b", "schlüssel"];
const VALUES = ["", "", "us-east-1", "a=b==", "a#b", "a;b", "a #b", "a ;b", '"quoted"', "wörter und mehr", "[a]", "]"];

const space = fc.constantFrom(...SPACES);
const quoted = fc
  .tuple(fc.constantFrom("", "", '"', "'"), fc.constantFrom(...NAMES), fc.constantFrom("", "", "", '"', "'"))
  .map(([open, name, odd]) => `${open}${name}${odd === "" ? open : odd}`);
const sectionName = fc.oneof(
  quoted,
  fc
    .tuple(fc.constantFrom(...TYPES), fc.constantFrom(" ", " ", " ", "\t", "  ", ".", "\u00A0"), quoted)
    .map((parts) => parts.join("")),
);
const comment = fc.constantFrom("", "", "", "", "#c", ";c", " #c", "\t;c", "\u00A0# c = d", "# [b]");
const section = fc
  .tuple(space, fc.constant("["), space, sectionName, space, fc.constant("]"), space, comment)
  .map((parts) => parts.join(""));
const entry = fc
  .tuple(
    space,
    fc.constantFrom(...KEYS),
    space,
    fc.constantFrom("=", "=", "=", "=", ""),
    space,
    fc.constantFrom(...VALUES),
  )
  .chain((parts) => fc.tuple(fc.constant(parts.join("")), space, comment).map((all) => all.join("")));
const noise = fc.constantFrom(
  "",
  "",
  " ",
  "[",
  "]",
  "[]",
  "[ ]",
  "=",
  "= a",
  "a",
  "[a",
  "a]",
  "[a] = b",
  "#",
  "; [a]",
  "[[a]]",
);
const line = fc.oneof(
  { weight: 3, arbitrary: section },
  { weight: 6, arbitrary: entry },
  { weight: 1, arbitrary: noise },
);
const plausibleText = fc
  .array(fc.tuple(line, fc.constantFrom("\n", "\n", "\n", "\r\n", "\r\r\n", "\n\n")), { maxLength: 14 })
  .map((lines) => lines.flat().join(""));
const looseText = fc
  .array(
    fc.constantFrom(
      "[",
      "]",
      "profile ",
      "a",
      "b",
      "default",
      ".",
      "=",
      "#",
      ";",
      "\n",
      "\n",
      "\r",
      " ",
      "\t",
      '"',
      "'",
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));
const text = fc.oneof({ weight: 4, arbitrary: plausibleText }, { weight: 1, arbitrary: looseText });

describe("the AWS files are read as AWS's own loader reads them", () => {
  test("made-up pairs of files", async () => {
    const pairs = fc.record({ config: text, credentials: text });
    const property = fc.asyncProperty(pairs, async (files) => {
      expect(await findDifferences(files)).toEqual([]);
    });
    await fc.assert(property, soakProperty(10_000, 1_500));
  });

  test("and made-up texts, section by section", async () => {
    const property = fc.asyncProperty(text, async (file) => {
      expect(await findSectionDifferences(file)).toEqual([]);
    });
    await fc.assert(property, soakProperty(10_000, 1_500));
  });

  test.each([
    ["a name with spaces around it", "[ default ]\na=b\n"],
    ["two spaces after profile", "[profile  a]\na=b\n"],
    ["quotes around a name with a space", '[profile "a b"]\na=b\n'],
    ["quotes that do not match", "[profile 'a\"]\na=b\n"],
    ["a type that is none", "[plugins a]\na=b\n[plugins b]\n"],
    ["a section without a value", "[profile a]\nb =\n"],
    ["[profile default] beside [default]", "[profile default]\na=b\n[default]\nc=d\n"],
    ["[profile default] without a value", "[profile default]\n[default]\nc=d\n"],
    ["one profile, written in three ways", '[profile a]\na=1\nb=1\n[profile "a"]\na=2\nc=2\n[profile.a]\na=3\n'],
    ["a section of SSO, which passes for a profile", "[sso-session a]\nb=c\n[profile sso-session.a]\nd=e\n"],
    ["other spaces than space and tab", "[profile a]\ns3 =\n\u00A0b = c\u00A0# d\n"],
    ["a mark at the beginning of a file", "\uFEFF[default]\na = b\n"],
  ])("%s", async (_, config) => {
    const other = "[a]\nb=1\nz=1\n[default]\nc=1\nz=1\n";
    for (const files of [{ config }, { credentials: config }, { config, credentials: other }]) {
      expect(await findDifferences(files)).toEqual([]);
    }
  });

  test.each(DELIBERATE_DIFFERENCES)("but $reason", async ({ name, ours, aws, ...files }) => {
    try {
      expect((await askAws(files)).get(name)).toEqual(aws);
      expect(ask(files, name)).toEqual(ours);
    } finally {
      // What it wrote into a member of every object.
      Reflect.deleteProperty(Object.prototype.isPrototypeOf, "a");
    }
  });
});
