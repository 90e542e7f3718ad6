import { type ModelAddressee, nearestModelIds } from "@claude-on-aws/models";

/** So many are named. */
const MAX_NAMED = 2;
const WINDOW_SUFFIX = /\[1m\]$/i;

/**
 * Names the ids that a client should have asked for in place of one that is not taken.
 *
 * @param requested The id or ARN that was sent; nothing of it is repeated.
 * @param addressee Who was asked for it, and where.
 * @param isTaken Tells whether this fake takes an id.
 * @returns The way out, as `fix` of a fault; nothing where no model is near.
 */
export function adviseModels(
  requested: string,
  addressee: ModelAddressee,
  isTaken: (id: string) => boolean,
): { readonly fix?: string } {
  const ids = nearestModelIds(requested, addressee).filter(isTaken).slice(0, MAX_NAMED);
  if (ids.length === 0) return {};
  const suffix = WINDOW_SUFFIX.test(requested) ? " [1m] stands in settings of Claude Code, and is never sent." : "";
  return { fix: `Ask for ${ids.join(" or ")}.${suffix}` };
}
