/**
 * The form of a workspace ID, such as `wrkspc_01AbCdEf23GhIj`.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Claude Platform on AWS}, which shows no other
 */
export const WORKSPACE_ID: RegExp = /^wrkspc_[0-9A-Za-z]{1,128}$/;

/** Whether a text has the form of a workspace ID, which begins with `wrkspc_` and goes on with letters and digits. */
export const isWorkspaceId = (text: string): boolean => WORKSPACE_ID.test(text);
