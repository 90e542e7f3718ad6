/** Kinds of files, by their extension: what is declared as mere bytes is told by it. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  md: "text/markdown",
  pdf: "application/pdf",
  png: "image/png",
  txt: "text/plain",
  webp: "image/webp",
};

const UNKNOWN_TYPE = "application/octet-stream";
const MIME_TYPE = /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/;

const extensionOf = (filename: string): string => filename.slice(filename.lastIndexOf(".") + 1).toLowerCase();

/**
 * Decides the MIME type of a file: what was declared, otherwise what its name says.
 *
 * @returns `application/octet-stream` where neither says anything.
 */
export function resolveMimeType(declared: string | undefined, filename: string): string {
  if (declared !== undefined && declared !== UNKNOWN_TYPE && MIME_TYPE.test(declared)) return declared;
  const extension = extensionOf(filename);
  return (Object.hasOwn(MIME_TYPES, extension) ? MIME_TYPES[extension] : undefined) ?? UNKNOWN_TYPE;
}

/**
 * Decides the name of a file: the last component of what was sent.
 *
 * @returns `unnamed` where nothing was sent, with an extension where one is known.
 */
export function resolveFilename(sent: string | undefined, declared: string | undefined): string {
  const name = sent?.split(/[\\/]/).at(-1) ?? "";
  if (name !== "") return name;
  const extension = Object.keys(MIME_TYPES).find((candidate) => MIME_TYPES[candidate] === declared);
  return extension === undefined ? "unnamed" : `unnamed.${extension}`;
}

/** Of ASCII, and of the block of Unicode after it. */
const isControl = (character: string): boolean => character < " " || (character >= "\u007F" && character <= "\u009F");

const FORBIDDEN = '<>:"|?*';

/**
 * Looks for a character that the service refuses in a name: `< > : " | ? *`, or a control character.
 *
 * @returns `true` where there is one.
 */
export function hasForbiddenCharacter(filename: string): boolean {
  for (const character of filename) if (isControl(character) || FORBIDDEN.includes(character)) return true;
  return false;
}
