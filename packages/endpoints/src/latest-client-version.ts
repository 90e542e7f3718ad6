/** The newest version of Claude Code whose behaviour was observed, and that is meant where no other is named. */
export const LATEST_CLIENT_VERSION = "2.1.332";
