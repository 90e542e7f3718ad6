import { open, stat } from "node:fs/promises";
import process from "node:process";
import { GatewayError } from "../../gateway-error.ts";
import { parseTokenFile } from "./parse-token-file.ts";
import type { TokenRecord } from "./token-record.ts";

/** The longest file of tokens, in bytes: some 50,000 of them. */
const MAX_TOKEN_FILE_BYTES = 16_777_216;

/** Bits of a mode that let the group, or everybody, write. */
const WRITABLE_BY_OTHERS = 0o022;

/** What a file of tokens was when it was looked at. */
export interface SeenTokenFile {
  /** Differs where another file is there, or it was written to. */
  readonly stamp: string;
  readonly isFile: boolean;
  /** Whether others than its owner may write it. */
  readonly isOpenToOthers: boolean;
}

/**
 * Looks at a file of tokens without reading it.
 *
 * @param path The file.
 * @param platform Which system it is: Windows has no such modes.
 * @throws {GatewayError} `TOKENS_UNUSABLE`; its `cause` is the error of the operating system.
 */
export async function lookAtTokenFile(path: string, platform: string = process.platform): Promise<SeenTokenFile> {
  const found = await stat(path, { bigint: true }).catch((cause: unknown) => {
    throw unusable(path, explain(cause), cause);
  });
  return {
    stamp: [found.dev, found.ino, found.mode, found.size, found.mtimeNs, found.ctimeNs].join(" "),
    isFile: found.isFile(),
    isOpenToOthers: platform !== "win32" && (Number(found.mode) & WRITABLE_BY_OTHERS) !== 0,
  };
}

/**
 * Reads a file of tokens: hashes, names, and until when. The tokens themselves are not in it.
 *
 * @example What there is
 * ```ts
 * import { addToken, readTokenFile } from "@claude-on-aws/gateway";
 * import { deepEqual } from "node:assert/strict";
 * import { mkdtemp } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 *
 * const file = join(await mkdtemp(join(tmpdir(), "tokens-")), "tokens.json");
 * await addToken(file, { name: "ci", groups: ["builders"] });
 *
 * deepEqual((await readTokenFile(file)).map(({ name, groups }) => [name, groups]), [["ci", ["builders"]]]);
 * ```
 *
 * @param path The file.
 * @param maxBytes The longest that is read.
 * @returns Its records.
 * @throws {GatewayError} `TOKENS_UNUSABLE`; its `cause` is the error of the operating system, where it is one.
 */
export async function readTokenFile(
  path: string,
  maxBytes: number = MAX_TOKEN_FILE_BYTES,
): Promise<readonly TokenRecord[]> {
  return readSeenTokenFile(path, await lookAtTokenFile(path), maxBytes);
}

/**
 * Reads a file of tokens that was looked at.
 *
 * @throws {GatewayError} `TOKENS_UNUSABLE`.
 */
export async function readSeenTokenFile(
  path: string,
  { isFile, isOpenToOthers }: SeenTokenFile,
  maxBytes: number = MAX_TOKEN_FILE_BYTES,
): Promise<readonly TokenRecord[]> {
  if (!isFile) throw unusable(path, "it is no file");
  if (isOpenToOthers) {
    throw unusable(path, "others may write it, and so let themselves in; take that from them: chmod go-w");
  }
  let text: string | undefined;
  try {
    text = await readText(path, maxBytes);
  } catch (cause) {
    throw unusable(path, explain(cause), cause);
  }
  if (text === undefined) throw unusable(path, `it is longer than ${maxBytes} bytes`);
  const records = parseTokenFile(text);
  if (typeof records === "string") throw unusable(path, records);
  return records;
}

/** Reads no more of a file that grows than it may have. */
async function readText(path: string, maxBytes: number): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > maxBytes) return undefined;
    const bytes = new Uint8Array(Math.min(size, maxBytes) + 1);
    let held = 0;
    while (held < bytes.length) {
      const { bytesRead } = await file.read(bytes, held, bytes.length - held, null);
      if (bytesRead === 0) break;
      held += bytesRead;
    }
    return held > maxBytes ? undefined : new TextDecoder().decode(bytes.subarray(0, held));
  } finally {
    await file.close();
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "it is not there; `claude-on-aws gateway token add NAME --file FILE` makes one",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

const explain = (cause: unknown): string => {
  const { code = "", message } = cause as Error & { readonly code?: string };
  return WORDS[code] ?? message;
};

const unusable = (path: string, why: string, cause?: unknown): GatewayError =>
  new GatewayError("TOKENS_UNUSABLE", `Cannot use the tokens in ${path}: ${why}`, { cause });
