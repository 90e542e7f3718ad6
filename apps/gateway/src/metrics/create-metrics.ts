import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { AuditRecord } from "../audit/audit-record.ts";
import type { MetricsSettings } from "../settings/gateway-settings.ts";
import type { Meter, ObservedValues } from "./load-meter.ts";
import { createMeasurements } from "./measurements.ts";

/** The metrics of a gateway. */
export interface Metrics {
  /**
   * Measures a request.
   *
   * @param record What happened.
   * @param provider The provider that answered last.
   */
  readonly measure: (record: AuditRecord, provider: AwsProvider | undefined) => void;
  /** Says what is asked for from then on when metrics are collected. */
  readonly observe: (observed: ObservedValues) => void;
  /**
   * Writes everything in the format of Prometheus; the first time, it loads OpenTelemetry, and measuring begins.
   *
   * @throws {GatewayError} `PEER_MISSING` where OpenTelemetry is not installed.
   */
  readonly format: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Makes the metrics of a gateway. Where the settings say nothing of them, OpenTelemetry is loaded when they are first read.
 *
 * @param settings Where they are pushed to, and how many callers have names.
 * @returns The metrics.
 * @throws {GatewayError} `PEER_MISSING` where the settings ask for them, and OpenTelemetry is not installed.
 */
export async function createMetrics(settings: MetricsSettings | undefined): Promise<Metrics> {
  const measure = createMeasurements({ maxCallers: settings?.maxCallers });
  let observed: ObservedValues = { active: () => 0, auditLost: () => 0 };
  const current: ObservedValues = { active: () => observed.active(), auditLost: () => observed.auditLost() };
  let meter: Meter | undefined;
  let loading: Promise<Meter> | undefined;
  const load = async (): Promise<Meter> => {
    loading ??= import("./load-meter.ts").then(({ loadMeter }) => loadMeter({ ...settings, observed: current }));
    try {
      return (meter = await loading);
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  if (settings !== undefined) await load();
  return {
    measure: (record, provider) => {
      if (meter === undefined) return;
      for (const measurement of measure(record, provider)) meter.add(measurement);
    },
    observe: (values) => void (observed = values),
    format: async () => (await load()).format(),
    close: async () => {
      await meter?.close();
    },
  };
}
