import type { CallerSettings } from "../settings/caller-settings.ts";

/**
 * Says whether settings name whom a gateway serves. Where they do not, one token is made for whoever starts it.
 *
 * @param callers What the settings say of callers.
 * @returns Whether a file of tokens, an issuer or a front end is named.
 */
export const namesCallers = ({ tokensFile, issuers = [], frontEnd }: CallerSettings = {}): boolean =>
  tokensFile !== undefined || issuers.length > 0 || frontEnd !== undefined;
