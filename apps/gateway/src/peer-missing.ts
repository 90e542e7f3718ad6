import { GatewayError } from "./gateway-error.ts";

/**
 * Says of packages that are installed only by those who use them that one is not there. It stands right behind the import, as
 * `import("x").catch(peerMissing("x"))`: there bundlers leave a package that they do not find to be missed when it is asked for.
 *
 * @param packageNames What to install, with spaces between.
 * @returns A handler that throws a {@link GatewayError} `PEER_MISSING`.
 */
export const peerMissing =
  (packageNames: string) =>
  (cause: unknown): never => {
    throw new GatewayError(
      "PEER_MISSING",
      `Cannot load ${packageNames}: not installed, or it does not load here; run "npm install ${packageNames}"`,
      { cause },
    );
  };
