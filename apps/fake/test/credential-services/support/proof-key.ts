import { createHash } from "node:crypto";

/** What a client proves with that it asked, and what it sends ahead of it. */
export const CODE_VERIFIER = "a-verifier.of~43_letters-or-more-0123456789-abc";
export const CODE_CHALLENGE: string = createHash("sha256").update(CODE_VERIFIER).digest("base64url");
