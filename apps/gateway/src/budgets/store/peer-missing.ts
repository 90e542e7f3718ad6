import { GatewayError } from "../../gateway-error.ts";

/**
 * Says of a package that is installed only by those who use it that it is not there. It stands right behind the import, where
 * bundlers leave a package that they do not find to be missed when it is asked for.
 *
 * @param packageName What to install.
 * @returns A handler that throws a {@link GatewayError} `PEER_MISSING`.
 */
export const peerMissing =
  (packageName: string) =>
  (cause: unknown): never => {
    throw new GatewayError(
      "PEER_MISSING",
      `Cannot load ${packageName}: it is not installed, or does not load here; run "npm install ${packageName}"`,
      { cause },
    );
  };
