import { GatewayError, type GatewaySettings, parseSettings } from "@claude-on-aws/gateway";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "../fake/explain-file-error.ts";
import { locateInJson } from "../fake/locate-in-json.ts";
import type { GatewayFlags } from "./gateway-flags.ts";

/** The flags that say something about a gateway. */
export type SettingFlags = Pick<GatewayFlags, "port" | "host" | "http" | "config" | "store">;

/**
 * Puts together what the configuration and the flags say; flags win.
 *
 * @param flags The flags.
 * @returns The settings. Files that a configuration names stand beside it.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where it holds no configuration, with its
 * line and column.
 */
export async function loadGatewaySettings(flags: SettingFlags): Promise<GatewaySettings> {
  return withFlags(flags.config === undefined ? {} : await readConfiguration(flags.config), flags);
}

async function readConfiguration(path: string): Promise<GatewaySettings> {
  const json = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new CliError("FILE_UNREADABLE", `Cannot read --config ${path}: ${explainFileError(cause)}`, { cause });
  });
  try {
    return withPlaces(parseSettings(json), dirname(path));
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause;
    const { line, column } = locateInJson(json, cause.path);
    throw new CliError("FILE_MALFORMED", `Cannot use --config ${path}:${line}:${column}: ${cause.message}`, { cause });
  }
}

const OF_PROCESS: ReadonlySet<string> = new Set(["stdout", "stderr"]);

/** What a configuration names by a path stands beside it. */
function withPlaces(settings: GatewaySettings, folder: string): GatewaySettings {
  const { listen, callers, budgets, audit } = settings;
  const place = (path: string): string => resolve(folder, path);
  return {
    ...settings,
    ...(listen?.tls !== undefined && {
      listen: {
        ...listen,
        tls: { certificateFile: place(listen.tls.certificateFile), keyFile: place(listen.tls.keyFile) },
      },
    }),
    ...(callers?.tokensFile !== undefined && { callers: { ...callers, tokensFile: place(callers.tokensFile) } }),
    ...(budgets?.store?.startsWith("sqlite:") === true && {
      budgets: { ...budgets, store: `sqlite:${place(budgets.store.slice("sqlite:".length))}` },
    }),
    ...(audit !== undefined && { audit: { ...audit, to: OF_PROCESS.has(audit.to) ? audit.to : place(audit.to) } }),
  };
}

function withFlags(settings: GatewaySettings, { port, host, http, store }: SettingFlags): GatewaySettings {
  const given = Object.fromEntries(Object.entries({ port, host, http }).filter(([, value]) => value !== undefined));
  return {
    ...settings,
    listen: { ...settings.listen, ...given },
    ...(store !== undefined && { budgets: { caps: [], ...settings.budgets, store } }),
  };
}
