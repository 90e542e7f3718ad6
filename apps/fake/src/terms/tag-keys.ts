import type { ContextValue } from "@claude-on-aws/auth/iam";

/** Tags, each a key and a value. */
type Tags = readonly (readonly [key: string, value: string])[];

/** Condition keys with which tags are tested, without the key of a tag. */
type TagKey = "aws:PrincipalTag" | "aws:RequestTag" | "aws:ResourceTag";

/** The condition keys of tags: one for each, that ends in the key of the tag. */
export const tagKeys = (name: TagKey, tags: Tags): Record<string, ContextValue> =>
  Object.fromEntries(tags.map(([key, value]) => [`${name}/${key}`, value]));

/** The condition keys of tags that a request would set; none where it sets none. */
export const requestTagKeys = (tags: Tags): Record<string, ContextValue> =>
  tags.length === 0 ? {} : { ...tagKeys("aws:RequestTag", tags), "aws:TagKeys": tags.map(([key]) => key) };
