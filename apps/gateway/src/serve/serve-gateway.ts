import { DEFAULTS } from "../settings/defaults.ts";
import { type Handler, listen, type Listener } from "@claude-on-aws/listen";
import { checkListening } from "../callers/check-listening.ts";
import { createGateway, type Gateway, type GatewayOptions } from "../create-gateway.ts";
import type { GatewaySettings } from "../settings/gateway-settings.ts";
import { type CountedExchanges, countExchanges } from "./count-exchanges.ts";
import { findFixedChanges } from "./find-fixed-changes.ts";
import { withOperatorRoutes } from "./operator-routes.ts";
import { readTls } from "./read-tls.ts";

/** A gateway that listens. */
export interface GatewayServer {
  /** Its base URL without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** The gateway that answers at the moment. */
  readonly gateway: () => Gateway;
  /**
   * Follows other settings from the next request on; what is under way goes on by the old ones. The files of `listen.tls` are read
   * again: their certificate is shown from the next connection on. How upstreams did and what callers have under way is not forgotten.
   *
   * @param settings The settings.
   * @returns What of them holds after the next start only, in words.
   * @throws {GatewayError} where they cannot be followed; the old ones hold then.
   * @throws {ListenError} `CERTIFICATE_INVALID`, likewise.
   */
  readonly reload: (settings: GatewaySettings) => Promise<readonly string[]>;
  /**
   * Has the audit go on in what lies under its name by then, as after `logrotate`.
   *
   * @throws Where that cannot be opened; lines go on where they went.
   */
  readonly reopenAudit: () => Promise<void>;
  /**
   * Takes no further request, lets those under way end for `drainMs`, and lets everything go.
   *
   * @returns How many exchanges were broken off.
   */
  readonly close: () => Promise<number>;
}

/** A gateway, and the exchanges that it answers. */
interface Generation {
  readonly gateway: Gateway;
  readonly exchanges: CountedExchanges;
}

/**
 * Starts a gateway.
 *
 * @example Usage
 * ```ts
 * import { makeToken, serveGateway } from "@claude-on-aws/gateway";
 * import { equal } from "node:assert/strict";
 *
 * const { record } = makeToken({ name: "me" });
 * const server = await serveGateway(
 *   { listen: { port: 0 }, upstreams: [{ name: "bedrock", provider: "bedrock", region: "us-east-1" }] },
 *   { token: record, env: process.env },
 * );
 * const { status } = await fetch(`${server.url}/healthz`);
 * await server.close();
 *
 * equal(status, 200);
 * ```
 *
 * @param settings What the configuration says.
 * @param options The process around it.
 * @returns The gateway, as soon as it listens.
 * @throws {GatewayError} `SETTINGS_INVALID` where the settings cannot be followed, or must not be where others reach it; `TOKENS_UNUSABLE`.
 * @throws {ListenError} `CERTIFICATE_INVALID`; the error of the operating system where it cannot listen.
 */
export async function serveGateway(settings: GatewaySettings, options: GatewayOptions): Promise<GatewayServer> {
  const generations = new Set<Generation>();
  const underWay = (): number => [...generations].reduce((sum, { exchanges }) => sum + exchanges.underWay(), 0);
  const start = async (given: GatewaySettings, previous?: Gateway): Promise<Generation> => {
    const gateway = await createGateway(given, { ...options, underWay, isClosing: () => isClosing }, previous);
    const generation = { gateway, exchanges: countExchanges(gateway.handler) };
    generations.add(generation);
    return generation;
  };
  let isClosing = false;
  await checkListening(settings, options.now?.());
  const { port = DEFAULTS.port, host, http, tls } = settings.listen ?? {};
  const certificate = tls === undefined ? undefined : await readTls(tls);
  let current = await start(settings);
  const retiring = new Set<Promise<void>>();
  const answer: Handler = (head, request) => current.exchanges.handler(head, request);
  const handler = withOperatorRoutes(
    {
      isClosing: () => isClosing,
      findReadiness: () => current.gateway.findReadiness(),
      readMetrics: (head) => current.gateway.readMetrics(head),
    },
    answer,
  );
  let listener: Listener;
  try {
    listener = await listen(handler, {
      port,
      host,
      http2: http !== "1",
      tls: certificate,
      onRefused: (refused) => current.gateway.noteRefused(refused),
      closeGraceMs: settings.drainMs ?? DEFAULTS.drainMs,
    });
  } catch (error) {
    await current.gateway.close();
    throw error;
  }
  const retire = (generation: Generation, kept?: Gateway): void => {
    const { gateway, exchanges } = generation;
    const ended = exchanges
      .settled()
      .then(() => gateway.close(kept))
      .finally(() => {
        generations.delete(generation);
        retiring.delete(ended);
      });
    retiring.add(ended);
  };
  return {
    url: listener.url,
    port: listener.port,
    gateway: () => current.gateway,
    reload: async (given) => {
      await checkListening(given, options.now?.());
      // Of those it was started with: what is taken back is no change any more.
      const fixed = findFixedChanges(settings, given);
      const ofTls = fixed.includes("listen.tls") ? undefined : given.listen?.tls;
      const shown = ofTls === undefined ? undefined : await readTls(ofTls);
      const next = await start(given, current.gateway);
      try {
        if (shown !== undefined) await listener.setCertificate(shown);
      } catch (error) {
        generations.delete(next);
        await next.gateway.close(current.gateway);
        throw error;
      }
      const old = current;
      current = next;
      retire(old, next.gateway);
      return fixed;
    },
    reopenAudit: async () => current.gateway.audit?.reopen(),
    close: async () => {
      isClosing = true;
      await listener.close();
      retire(current);
      await Promise.all(retiring);
      return current.exchanges.brokenOff();
    },
  };
}
