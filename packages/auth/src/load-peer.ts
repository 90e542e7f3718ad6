import { AuthError } from "./errors.ts";

/**
 * Loads a package that is installed only by those who use it.
 *
 * @param packageName What to install.
 * @param load Imports it.
 * @returns The module.
 * @throws {AuthError} `PEER_MISSING`, which names the package and the command that installs it.
 */
export async function loadPeer<Module>(packageName: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new AuthError(
      "PEER_MISSING",
      `Cannot load ${packageName}: it is not installed, or does not load here; run "npm install ${packageName}"`,
      { packageName, cause },
    );
  }
}
