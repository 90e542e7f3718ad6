/** What a client of {@link askInShell} sends. */
export interface ShellRequest {
  readonly method?: string;
  readonly path: string;
  /** Lines of its head; a shell fills in its variables. */
  readonly headers?: readonly string[];
  readonly body?: object;
}

/**
 * A client in the words of bash, which opens connections itself and starts in a thirtieth of the time that Node takes: it
 * asks the server that `ANTHROPIC_AWS_BASE_URL` names, and prints the status and the body of the answer on a line.
 *
 * @param request What it asks.
 * @returns Its lines.
 */
export function askInShell({ method = "GET", path, headers = [], body }: ShellRequest): string {
  const text = body === undefined ? "" : JSON.stringify(body);
  const head = [`${method} ${path} HTTP/1.1`, "host: $host", "connection: close", `content-length: ${text.length}`];
  const lines = [...head, ...headers, "", ""].join(String.raw`\r\n`).replaceAll('"', String.raw`\"`);
  return [
    'host="${ANTHROPIC_AWS_BASE_URL#*//}"',
    'exec 3<>"/dev/tcp/${host%:*}/${host##*:}"',
    `printf '%b%s' "${lines}" '${text.replaceAll("'", String.raw`'\''`)}' >&3`,
    "read -r _ status _ <&3",
    String.raw`while read -r line <&3 && [ "$line" != $'\r' ]; do :; done`,
    'echo "$status $(cat <&3)"',
    "exec 3>&-",
    "",
  ].join("\n");
}

/** Arguments that have a command run lines of bash. */
export const inShell = (lines: string): readonly string[] => ["--", "bash", "-c", lines];
