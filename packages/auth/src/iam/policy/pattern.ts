/**
 * A text with wildcards, cut into its pieces. A confined wildcard matches no
 * colon: in an ARN, it stays within its part.
 */
export type Pattern = readonly Piece[];

/** One piece of a {@link Pattern}. */
export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" | "one"; readonly confined: boolean }
  | { readonly kind: "variable"; readonly name: string; readonly fallback: string | undefined };
