/** The form of the number of an AWS account: twelve digits. */
export const ACCOUNT_ID: RegExp = /^[0-9]{12}$/;

/**
 * Says whether a text is the number of an AWS account.
 *
 * @example Usage
 * ```ts
 * import { isAccountId } from "@claude-on-aws/endpoints";
 * import { equal } from "node:assert/strict";
 *
 * equal(isAccountId("123456789012"), true);
 * equal(isAccountId("1234-5678-9012"), false);
 * ```
 *
 * @param text Any text.
 * @returns Whether it is twelve digits.
 * @see {@link https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html | AWS account identifiers}
 */
export const isAccountId = (text: string): boolean => ACCOUNT_ID.test(text);
