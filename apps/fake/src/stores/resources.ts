import type { FakeSettings } from "../settings/fake-settings.ts";
import { BatchStore } from "./batches/batch-store.ts";
import { BatchRunner } from "./batches/batch-runner.ts";
import { ProfileStore } from "./bedrock/profile-store.ts";
import { UseCaseForm } from "./bedrock/use-case-form.ts";
import { ByteBudget } from "./byte-budget.ts";
import { FileStore } from "./files/file-store.ts";
import { WorkspaceStore } from "./workspaces/workspace-store.ts";

/** What the stores need to know. */
export type ResourceSettings = Pick<
  FakeSettings,
  | "batchDurationMs"
  | "maxResourceBytes"
  | "maxResources"
  | "now"
  | "profiles"
  | "randomUuid"
  | "useCaseForm"
  | "workspaceRegions"
  | "workspaces"
>;

/**
 * What clients made in a fake, in memory: batches, files, workspaces,
 * application inference profiles, and the use-case form of the account. Of each
 * kind `maxResources` are kept, and `maxResourceBytes` of files and batches
 * together.
 */
export class Resources {
  readonly batches: BatchStore;
  readonly runner: BatchRunner;
  readonly files: FileStore;
  readonly workspaces: WorkspaceStore;
  readonly profiles: ProfileStore;
  readonly useCaseForm: UseCaseForm;
  readonly #bytes: ByteBudget;

  constructor(settings: ResourceSettings) {
    this.#bytes = new ByteBudget(settings.maxResourceBytes);
    this.batches = new BatchStore(settings, this.#bytes);
    this.runner = new BatchRunner(settings);
    this.files = new FileStore(settings, this.#bytes);
    this.workspaces = new WorkspaceStore(settings);
    this.profiles = new ProfileStore(settings);
    this.useCaseForm = new UseCaseForm(settings);
  }

  /** Bytes of files and batches that are held. */
  get heldBytes(): number {
    return this.#bytes.taken;
  }

  /** Forgets everything, and stops the batches that run. */
  reset(): void {
    this.runner.reset();
    this.batches.reset();
    this.files.reset();
    this.workspaces.reset();
    this.profiles.reset();
    this.useCaseForm.reset();
    this.#bytes.reset();
  }
}
