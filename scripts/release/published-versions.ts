/** A version of a package, under its names in both registries. */
export interface Release {
  readonly npmName: string;
  readonly jsrName: string;
  readonly version: string;
}

/** What a registry is asked by. */
export interface Registries {
  /** Such as `https://registry.npmjs.org`. */
  readonly npm: string;
  /** Such as `https://jsr.io`. */
  readonly jsr: string;
  readonly fetch: typeof fetch;
}

/** The public registries. */
export const PUBLIC_REGISTRIES: Registries = {
  npm: "https://registry.npmjs.org",
  jsr: "https://jsr.io",
  fetch: (...request) => fetch(...request),
};

/**
 * Asks npm whether it has a version.
 *
 * @throws {Error} Where it cannot be asked, or answers neither with the version nor that there is none.
 */
export function isOnNpm({ npmName, version }: Release, { npm, fetch }: Registries): Promise<boolean> {
  return exists(`${npm}/${npmName.replace("/", "%2F")}/${version}`, fetch);
}

/**
 * Asks JSR whether it has a version.
 *
 * @throws {Error} Where it cannot be asked, or answers neither with the version nor that there is none.
 */
export function isOnJsr({ jsrName, version }: Release, { jsr, fetch }: Registries): Promise<boolean> {
  return exists(`${jsr}/${jsrName}/${version}_meta.json`, fetch);
}

async function exists(url: string, send: typeof fetch): Promise<boolean> {
  const response = await send(url, { headers: { accept: "application/json" } });
  await response.body?.cancel();
  if (response.status === 404) return false;
  if (!response.ok) throw new Error(`Cannot ask ${url}: status ${response.status}, expected 200 or 404`);
  return true;
}

/**
 * Compares what both registries have.
 *
 * @returns A sentence for each version that one of them lacks.
 */
export async function findMissing(releases: readonly Release[], registries: Registries): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const release of releases) {
    const { npmName, jsrName, version } = release;
    if (!(await isOnNpm(release, registries))) missing.push(`npm lacks ${npmName}@${version}`);
    if (!(await isOnJsr(release, registries))) missing.push(`JSR lacks ${jsrName}@${version}`);
  }
  return missing;
}
