/** What every secret access key that a fake issues begins with: it is recognised wherever it turns up. */
export const SECRET_PREFIX = "claudeOnAws";

/** What every session token begins with, as those of AWS do. */
export const TOKEN_PREFIX = "IQoJb3JpZ2luX2Vj";

/** What everything secret begins with that somebody gets who signs in, as the access tokens of IAM Identity Center do. */
export const SIGN_IN_PREFIX = "aoaAAAAA";

/**
 * A secret access key, a session token or a secret of a sign-in that a fake issued, as it is or as it
 * stands in a URL or in JSON. Nobody has to remember what was issued to keep it
 * out of a record.
 */
export const ISSUED_SECRET: RegExp = new RegExp(
  String.raw`(?:${SECRET_PREFIX}|${TOKEN_PREFIX}|${SIGN_IN_PREFIX})(?:[A-Za-z0-9+/=_-]|%2[BbFf]|%3[Dd]|\\/){12,}`,
  "g",
);
