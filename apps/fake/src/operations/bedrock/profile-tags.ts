import type { ContextValue } from "@claude-on-aws/auth/iam";
import type { ApplicationProfile } from "../../settings/application-profile.ts";
import { tagKeys } from "../../terms/tag-keys.ts";

/** Condition keys of the tags of a profile. */
export const profileTags = ({ tags }: ApplicationProfile): Record<string, ContextValue> =>
  tagKeys(
    "aws:ResourceTag",
    tags.map(({ key, value }) => [key, value]),
  );
