/**
 * Writes a line that GitHub Actions reads as an annotation.
 *
 * @example Usage
 * ```ts
 * import { formatGithubCommand } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * equal(formatGithubCommand("error", "a: b", "50% of\nit"), "::error title=a%3A b::50%25 of%0Ait");
 * ```
 *
 * @param level How grave it is.
 * @param title Its heading.
 * @param message What it says; may have several lines.
 * @returns One line, without its line break; nothing in it is read as another command.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands | Workflow commands}
 */
export const formatGithubCommand = (level: "error" | "warning", title: string, message: string): string =>
  `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;

/**
 * As the toolkit of GitHub Actions escapes what follows the second pair of
 * colons. Other control characters would reach the terminal of whoever reads the log.
 */
const escapeData = (text: string): string =>
  text
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replace(/[\p{Cc}\p{Cf}]+/gu, " ");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
