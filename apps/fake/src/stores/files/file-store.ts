import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ByteBudget } from "../byte-budget.ts";
import type { StoredFile } from "./stored-file.ts";

/** The files of all workspaces, oldest first. */
export class FileStore {
  readonly #maxFiles: number;
  readonly #bytes: ByteBudget;
  readonly #files = new Map<string, StoredFile>();

  constructor({ maxResources }: Pick<FakeSettings, "maxResources">, bytes: ByteBudget) {
    this.#maxFiles = maxResources;
    this.#bytes = bytes;
  }

  /** Takes a file; `false` where there is no room for it. */
  add(file: StoredFile): boolean {
    if (this.#files.size >= this.#maxFiles || !this.#bytes.take(file.content.length)) return false;
    this.#files.set(file.id, file);
    return true;
  }

  /** The file with an ID; those of another workspace do not exist. */
  find(id: string, workspaceId: string): StoredFile | undefined {
    const file = this.#files.get(id);
    return file?.workspaceId === workspaceId ? file : undefined;
  }

  /** The files of a workspace, newest first. */
  list(workspaceId: string): StoredFile[] {
    return [...this.#files.values()].filter((file) => file.workspaceId === workspaceId).toReversed();
  }

  /** Forgets a file. */
  remove(file: StoredFile): void {
    if (this.#files.delete(file.id)) this.#bytes.give(file.content.length);
  }

  /** Forgets all of them. */
  reset(): void {
    this.#files.clear();
  }
}
