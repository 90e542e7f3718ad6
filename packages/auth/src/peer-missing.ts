import { AuthError } from "./errors.ts";

/**
 * Says of a package that is installed only by those who use it that it is not there. It stands right behind the import, as
 * `import("x").catch(peerMissing("x"))`: there bundlers leave a package that they do not find to be missed when it is asked for.
 *
 * @param packageName What to install.
 * @returns A handler that throws an {@link AuthError} `PEER_MISSING`, which names the package and the command that installs it.
 * @see {@link https://esbuild.github.io/api/#external | esbuild} on packages that may be missing
 */
export const peerMissing =
  (packageName: string) =>
  (cause: unknown): never => {
    throw new AuthError(
      "PEER_MISSING",
      `Cannot load ${packageName}: it is not installed, or does not load here; run "npm install ${packageName}"`,
      { packageName, cause },
    );
  };
