/** How long an API key lives: hours, made of credentials; or days and more, issued by IAM. */
export type KeyTerm = "short" | "long";

/** Beginnings of short-term keys of both families. */
const SHORT_TERM = /^(?:aws-external-anthropic|bedrock)-api-key-/;

/** The term of a key, by how it begins. A key of no family counts as long-term. */
export const keyTermOf = (key: string): KeyTerm => (SHORT_TERM.test(key) ? "short" : "long");
