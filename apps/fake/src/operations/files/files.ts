import type { Reply } from "../../exchange/reply.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault, isFault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { pageOf } from "../page.ts";
import { pathId } from "../../exchange/path-id.ts";
import { resourceId } from "../resource-id.ts";
import type { Resources } from "../../stores/resources.ts";
import { workspaceOf } from "../../exchange/workspace-of.ts";
import { readUpload } from "./read-upload.ts";
import { describeFile, type StoredFile } from "../../stores/files/stored-file.ts";

/** Refuses in words that the SDKs have a class for. */
const refuse = (name: "body-invalid" | "resource-unknown", code: string, message: string): Fault =>
  fault(name, message, { errorDetails: { error_code: code } });

/**
 * Answers CreateFile.
 *
 * @returns The file as the service describes it, or why it is not taken.
 * @see {@link https://platform.claude.com/docs/en/api/files | Upload File}
 */
export function createFile(exchange: Exchange, settings: FakeSettings, { resources }: FakeState): object | Fault {
  const upload = readUpload(exchange, settings.facts);
  if (isFault(upload)) return upload;
  const { filename, mimeType, content, expiresInSeconds } = upload;
  const createdAt = settings.now();
  const file: StoredFile = {
    id: resourceId("file", settings),
    workspaceId: workspaceOf(exchange),
    filename,
    mimeType,
    createdAt,
    ...(expiresInSeconds === undefined ? {} : { expiresAt: new Date(createdAt.getTime() + expiresInSeconds * 1000) }),
    // A copy, so that the rest of the form is not kept alive.
    content: new Uint8Array(content),
  };
  if (!resources.files.add(file)) {
    return refuse("body-invalid", "storage_quota_exceeded", "The file storage is full: delete files, then try again.");
  }
  return describeFile(file, settings.facts.uploadsDownloadable);
}

/** The most IDs by which files are picked. */
const MAX_IDS = 100;

/**
 * Answers ListFiles, newest first. A page names the next one in both ways: by
 * `next_page`, which newer clients send back as `page`, and by `last_id`.
 *
 * @returns A page of files, or what is wrong with the query.
 * @see {@link https://platform.claude.com/docs/en/api/files | List Files}
 */
export function listFiles(exchange: Exchange, { facts }: FakeSettings, { resources }: FakeState): object | Fault {
  const { query } = exchange.route;
  const all = resources.files.list(workspaceOf(exchange));
  const describe = (file: StoredFile): object => describeFile(file, facts.uploadsDownloadable);
  const ids = new Set([...query.getAll("ids"), ...query.getAll("ids[]")]);
  if (ids.size > 0) {
    if (ids.size > MAX_IDS) return fault("body-invalid", `ids: List should have at most ${MAX_IDS} items`);
    if (query.has("page") || query.has("limit")) {
      return fault("body-invalid", "ids: Cannot be combined with page or limit");
    }
    return { data: all.filter(({ id }) => ids.has(id)).map(describe), next_page: null, has_more: false };
  }
  const page = pageOf(all, query, describe, query.has("page") ? "page" : "after_id");
  if (isFault(page)) return page;
  return { ...page, next_page: page.has_more && !query.has("before_id") ? page.last_id : null };
}

/**
 * Answers GetFile.
 *
 * @returns The file as the service describes it, or `resource-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/files | Get File Metadata}
 */
export function getFile(exchange: Exchange, { facts }: FakeSettings, { resources }: FakeState): object | Fault {
  const file = findFile(exchange, resources);
  return isFault(file) ? file : describeFile(file, facts.uploadsDownloadable);
}

/**
 * Answers GetFileContent. The service gives out only what a tool made, which
 * no tool does here: see the fact `uploadsDownloadable`.
 *
 * @returns Its bytes, or why they are not given out.
 * @see {@link https://platform.claude.com/docs/en/api/files | Download File}
 */
export function getFileContent(exchange: Exchange, settings: FakeSettings, { resources }: FakeState): Reply | Fault {
  const file = findFile(exchange, resources);
  if (isFault(file)) return file;
  if (file.expiresAt !== undefined && file.expiresAt <= settings.now()) {
    return refuse("resource-unknown", "file_expired", `File ${file.id} has expired`);
  }
  if (!settings.facts.uploadsDownloadable) {
    return refuse("body-invalid", "file_not_downloadable", `File ${file.id} is not downloadable: it was uploaded`);
  }
  return { kind: "bytes", contentType: file.mimeType, body: file.content };
}

/**
 * Answers DeleteFile.
 *
 * @returns The ID of the file that is gone, or `resource-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/files | Delete File}
 */
export function deleteFile(exchange: Exchange, _: FakeSettings, { resources }: FakeState): object | Fault {
  const file = findFile(exchange, resources);
  if (isFault(file)) return file;
  resources.files.remove(file);
  return { id: file.id, type: "file_deleted" };
}

function findFile(exchange: Exchange, { files }: Resources): StoredFile | Fault {
  const id = pathId(exchange);
  return files.find(id, workspaceOf(exchange)) ?? fault("resource-unknown", `File not found: ${id}`);
}
