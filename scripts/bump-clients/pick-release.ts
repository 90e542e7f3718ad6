import { compareVersions } from "../../packages/endpoints/src/index.ts";

/** What the registry says of a package. */
export interface PublishedReleases {
  /** The release that is installed where no other is asked for. */
  readonly latest: string;
  /** Release → when it was published, as ISO 8601. */
  readonly times: Readonly<Record<string, string>>;
}

/**
 * How long a release has to be out: one that was published by somebody else than its owner is taken back within hours. It
 * is also what pnpm asks for.
 */
export const MINIMUM_AGE_MS: number = 24 * 60 * 60 * 1000;

const FINAL = /^[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}$/;

/**
 * Picks the release to pin: the newest that is final, no newer than `latest`, and has been out for a day.
 *
 * @param pinned The release that is pinned; an older one is never picked.
 * @param now Milliseconds since 1970.
 * @returns The release; the pinned one where no other is newer.
 */
export function pickRelease(pinned: string, { latest, times }: PublishedReleases, now: number): string {
  return Object.entries(times)
    .filter(
      ([version, time]) =>
        FINAL.test(version) && compareVersions(version, latest) <= 0 && now - Date.parse(time) >= MINIMUM_AGE_MS,
    )
    .map(([version]) => version)
    .reduce((newest, version) => (compareVersions(version, newest) > 0 ? version : newest), pinned);
}
