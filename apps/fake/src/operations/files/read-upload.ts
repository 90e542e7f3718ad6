import { headerValue } from "@claude-on-aws/auth/sigv4";
import type { Exchange } from "../../exchange/exchange.ts";
import type { Facts } from "../../terms/uncertain-facts.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import { type FormPart, MultipartError, parseMultipart } from "./parse-multipart.ts";
import { hasForbiddenCharacter, resolveFilename, resolveMimeType } from "./resolve-filename.ts";
import type { StoredFile } from "../../stores/files/stored-file.ts";

/** What an upload says of its file. */
export interface Upload extends Pick<StoredFile, "filename" | "mimeType" | "content"> {
  readonly expiresInSeconds?: number;
}

const MIN_EXPIRY_SECONDS = 3600;
const MAX_EXPIRY_SECONDS = 7_776_000;

const invalid = (message: string): Fault => fault("body-invalid", message);

/**
 * Reads the form of an upload: `file`, and `expires_in_seconds` where the file
 * is not to be kept for ever.
 *
 * @returns What is uploaded, or the first thing that is wrong with the form.
 * @see {@link https://platform.claude.com/docs/en/api/files | Upload File}, {@link https://platform.claude.com/docs/en/build-with-claude/files | What a name may hold}
 */
export function readUpload({ request }: Exchange, facts: Facts): Upload | Fault {
  const parts = readParts(headerValue(request.headers, "content-type") ?? "", request.body);
  if ("code" in parts) return invalid(`${parts.message}.`);
  const [file, another] = parts.filter(({ name }) => name === "file");
  if (file === undefined) return invalid("file: Field required");
  if (another !== undefined) return invalid("file: Only one file can be uploaded at a time");
  const extra = parts.find(({ name }) => name !== "file" && name !== "expires_in_seconds");
  if (extra !== undefined) return invalid(`${extra.name.slice(0, 100)}: Extra inputs are not permitted`);
  if (file.content.length > facts.maxFileBytes) {
    return fault("body-too-large", `file: The file exceeds the maximum size of ${facts.maxFileBytes} bytes`);
  }
  const filename = resolveFilename(file.filename, file.contentType);
  if (filename.length > facts.maxFilenameCharacters || hasForbiddenCharacter(filename)) {
    return invalid(
      `filename: Expected 1 to ${facts.maxFilenameCharacters} characters without < > : " | ? * \\ / and control characters`,
    );
  }
  const expiry = readExpiry(parts.find(({ name }) => name === "expires_in_seconds"));
  if (typeof expiry === "object") return expiry;
  return {
    filename,
    mimeType: resolveMimeType(file.contentType, filename),
    content: file.content,
    ...(expiry === undefined ? {} : { expiresInSeconds: expiry }),
  };
}

function readParts(contentType: string, body: Uint8Array): FormPart[] | MultipartError {
  try {
    return parseMultipart(contentType, body);
  } catch (error) {
    if (error instanceof MultipartError) return error;
    throw error;
  }
}

function readExpiry(part: FormPart | undefined): number | undefined | Fault {
  if (part === undefined) return undefined;
  const text = new TextDecoder().decode(part.content.subarray(0, 32));
  const seconds = /^\d{1,8}$/.test(text) ? Number(text) : Number.NaN;
  return seconds >= MIN_EXPIRY_SECONDS && seconds <= MAX_EXPIRY_SECONDS
    ? seconds
    : invalid(`expires_in_seconds: Input should be a whole number from ${MIN_EXPIRY_SECONDS} to ${MAX_EXPIRY_SECONDS}`);
}
