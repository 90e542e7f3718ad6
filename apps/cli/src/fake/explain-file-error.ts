/** Errors of the operating system about a file, and the way out of each. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  ENOTDIR: "a part of the path is no folder; check it",
  // Of a folder that is to be made.
  EEXIST: "a part of the path is no folder; check it",
  EISDIR: "that is a folder; name a file in it",
  EACCES: "this user may not write or read there; choose another place",
  EPERM: "this user may not write or read there; choose another place",
  EROFS: "that file system can only be read; choose another place",
  ENOSPC: "no space is left there; make room, or choose another place",
  EDQUOT: "the quota of this user is used up there; make room, or choose another place",
};

/**
 * Says why a file could not be read or written, and what to do.
 *
 * @param error What reading or writing threw.
 * @param base What its path is relative to.
 * @returns The end of a sentence.
 */
export function explainFileError(error: unknown, base = "the working directory"): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `there is no such file or folder; check the path, which is relative to ${base}`;
  return WAYS_OUT[code ?? ""] ?? message;
}
