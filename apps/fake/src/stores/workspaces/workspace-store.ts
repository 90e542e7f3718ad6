import { WORKSPACE_ID } from "@claude-on-aws/endpoints";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { type StoredWorkspace, WORKSPACE_DEFAULTS } from "./stored-workspace.ts";

type Settings = Pick<FakeSettings, "workspaces" | "workspaceRegions" | "maxResources" | "now">;

/**
 * The workspaces of the account, oldest first: those that the options name,
 * and those that were created since. Where the options name none, any
 * well-formed ID is a workspace.
 */
export class WorkspaceStore {
  readonly #settings: Settings;
  readonly #since: Date;
  readonly #workspaces = new Map<string, StoredWorkspace>();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#since = settings.now();
    this.#addNamed();
  }

  /** The workspace with an ID, if it was named, created or changed: the others are as they always were. */
  kept(id: string): StoredWorkspace | undefined {
    return this.#workspaces.get(id);
  }

  /** The workspace with an ID. */
  find(id: string): StoredWorkspace | undefined {
    const stored = this.#workspaces.get(id);
    if (stored !== undefined || this.#settings.workspaces !== undefined) return stored;
    return WORKSPACE_ID.test(id) ? this.#named(id) : undefined;
  }

  /** All of them, newest first. */
  list(): StoredWorkspace[] {
    return [...this.#workspaces.values()].toReversed();
  }

  /** Keeps a workspace, new or changed; `false` where there is no room for another. */
  keep(workspace: StoredWorkspace): boolean {
    if (!this.#workspaces.has(workspace.id) && this.#workspaces.size >= this.#settings.maxResources) return false;
    this.#workspaces.set(workspace.id, workspace);
    return true;
  }

  /** Forgets all but those that the options name. */
  reset(): void {
    this.#workspaces.clear();
    this.#addNamed();
  }

  #addNamed(): void {
    for (const id of this.#settings.workspaces ?? []) this.#workspaces.set(id, this.#named(id));
  }

  #named(id: string): StoredWorkspace {
    const region = this.#settings.workspaceRegions.get(id);
    return { id, name: id, region, createdAt: this.#since, ...WORKSPACE_DEFAULTS };
  }
}
