import type { ContextValue } from "@claude-on-aws/auth/iam";

/** Tags, each a key and a value. */
type Tags = readonly (readonly [key: string, value: string])[];

/** Condition keys with which tags are tested, without the key of a tag. */
type TagKey = "aws:PrincipalTag" | "aws:RequestTag" | "aws:ResourceTag";

/**
 * Writes tags as condition keys: one for each, which ends in the key of the tag.
 *
 * @returns Their values, by key.
 */
export const tagKeys = (name: TagKey, tags: Tags): Record<string, ContextValue> =>
  Object.fromEntries(tags.map(([key, value]) => [`${name}/${key}`, value]));

/**
 * Writes the condition keys of tags that a request would set.
 *
 * @returns Their values, by key; none where it sets no tags.
 */
export const requestTagKeys = (tags: Tags): Record<string, ContextValue> =>
  tags.length === 0 ? {} : { ...tagKeys("aws:RequestTag", tags), "aws:TagKeys": tags.map(([key]) => key) };
