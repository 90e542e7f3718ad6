import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ApplicationProfile } from "../../settings/application-profile.ts";

/** The application inference profiles of all regions, oldest first. */
export class ProfileStore {
  readonly #maxProfiles: number;
  readonly #byArn = new Map<string, ApplicationProfile>();
  readonly #byId = new Map<string, ApplicationProfile>();
  /** ARNs that must not be taken to exist any more; the oldest go first. */
  readonly #deleted = new Set<string>();

  readonly #configured: readonly ApplicationProfile[];

  constructor({
    maxResources,
    profiles = [],
  }: Pick<FakeSettings, "maxResources"> & Partial<Pick<FakeSettings, "profiles">>) {
    this.#maxProfiles = maxResources;
    this.#configured = profiles;
    this.#addConfigured();
  }

  /** Takes a profile; `false` where there is no room for it. */
  add(profile: ApplicationProfile): boolean {
    if (this.#byArn.size >= this.#maxProfiles) return false;
    this.#byArn.set(profile.arn, profile);
    this.#byId.set(profile.id, profile);
    return true;
  }

  /** The profile with an ID or an ARN. */
  find(identifier: string): ApplicationProfile | undefined {
    return this.#byArn.get(identifier) ?? this.#byId.get(identifier);
  }

  /** Whether a profile existed and was deleted. */
  isDeleted(arn: string): boolean {
    return this.#deleted.has(arn);
  }

  /** The profiles of a region, oldest first. */
  list(region: string): ApplicationProfile[] {
    return [...this.#byArn.values()].filter((profile) => profile.region === region);
  }

  /** Forgets a profile, and remembers that it was deleted. */
  remove(arn: string): void {
    const profile = this.#byArn.get(arn);
    if (profile !== undefined) {
      this.#byArn.delete(arn);
      this.#byId.delete(profile.id);
    }
    if (this.#deleted.size >= this.#maxProfiles) {
      for (const oldest of this.#deleted) {
        this.#deleted.delete(oldest);
        break;
      }
    }
    this.#deleted.add(arn);
  }

  /** Forgets all but those that the options name. */
  reset(): void {
    this.#byArn.clear();
    this.#byId.clear();
    this.#deleted.clear();
    this.#addConfigured();
  }

  #addConfigured(): void {
    for (const profile of this.#configured) this.add(profile);
  }
}
