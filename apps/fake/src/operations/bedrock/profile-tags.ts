import type { ContextValue } from "@claude-on-aws/auth/iam";
import type { ApplicationProfile } from "../../settings/application-profile.ts";
import { tagKeys } from "../../terms/tag-keys.ts";

/**
 * Writes the tags of a profile as condition keys.
 *
 * @returns Their values, by key.
 */
export const profileTags = ({ tags }: ApplicationProfile): Record<string, ContextValue> =>
  tagKeys(
    "aws:ResourceTag",
    tags.map(({ key, value }) => [key, value]),
  );
