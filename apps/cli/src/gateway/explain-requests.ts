import process from "node:process";
import { createReadStream } from "node:fs";
import { createGateway, GatewayError, makeToken } from "@claude-on-aws/gateway";
import { CliError } from "../cli-error.ts";
import type { Terminal } from "../command.ts";
import { resolveToSend } from "../configuration/resolve-to-send.ts";
import { explainFileError } from "../fake/explain-file-error.ts";
import { parseRecordedRequest } from "../verify/recorded-request.ts";
import { readEntries } from "../verify/read-entries.ts";
import { formatExplanation, formatTranslationTable } from "./format-explanation.ts";
import type { GatewayFlags } from "./gateway-flags.ts";
import { loadGatewaySettings } from "./load-gateway-settings.ts";
import { translationTable } from "./translation-table.ts";

/** The longest request that is read, in bytes: the longest body of the Messages API, in Base64, and what stands around it. */
const MAX_BYTES = 67_108_864;

/**
 * Says what a gateway would do with recorded requests.
 *
 * @param flags What was asked for; `explain` names the file.
 * @param terminal Where it is said.
 * @returns The exit status: 0 where all would be served, 1 where one would be refused, or cannot be read.
 */
export async function explainRequests(flags: GatewayFlags, terminal: Terminal): Promise<number> {
  try {
    return await explain(flags, terminal);
  } catch (error) {
    if (!(error instanceof CliError || error instanceof GatewayError)) throw error;
    terminal.error(error.message);
    return 1;
  }
}

async function explain(flags: GatewayFlags, terminal: Terminal): Promise<number> {
  const { audit: _audit, metrics: _metrics, budgets: _budgets, ...settings } = await loadGatewaySettings(flags);
  const gateway = await createGateway(settings, {
    token: makeToken({ name: "local" }).record,
    env: process.env,
    resolveEnvironment: () => resolveToSend(),
    warn: (line) => terminal.error(line),
  });
  let [count, refused] = [0, 0];
  for await (const { number, text } of readEntries(read(flags.explain ?? "-"), MAX_BYTES)) {
    if (typeof text !== "string") throw new CliError("LINE_MALFORMED", `Cannot read request ${number}: it is too long`);
    const { id, request } = parseRecordedRequest(text);
    const { method, target, headers, httpVersion, body } = request;
    const explanation = await gateway.explain({ method, target, headers, httpVersion }, Uint8Array.from(body));
    if (count > 0 && !flags.json) terminal.out("");
    if (flags.json) terminal.out(JSON.stringify({ id, ...explanation }));
    else for (const line of formatExplanation(explanation)) terminal.out(line);
    count += 1;
    if (explanation.refusals.length > 0) refused += 1;
  }
  await gateway.close();
  if (count === 0) throw new CliError("LINE_MALFORMED", "Cannot explain nothing: no request was read");
  if (!flags.json) {
    terminal.out("");
    terminal.out("Nothing was sent. What is translated for Amazon Bedrock, whatever the request:");
    for (const line of formatTranslationTable(translationTable())) terminal.out(line);
  }
  return refused === 0 ? 0 : 1;
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* path === "-" ? process.stdin : createReadStream(path);
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `Cannot read --explain ${path}: ${explainFileError(cause)}`, { cause });
  }
}
