import { DEFAULTS } from "../settings/defaults.ts";
import type { MeterProvider, MetricReader, ResourceMetrics } from "@opentelemetry/sdk-metrics";
import { peerMissing } from "../peer-missing.ts";
import type { Attributes, Measurement } from "./measurements.ts";
import { type MetricKey, METRICS, type ObservedMetricKey } from "./metric-table.ts";

/** What is asked for when metrics are collected. */
export type ObservedValues = Readonly<Record<ObservedMetricKey, () => number>>;

/** Options for {@link loadMeter}. */
export interface MeterOptions {
  readonly observed: ObservedValues;
  readonly otlpUrl?: string | undefined;
  readonly otlpIntervalMs?: number | undefined;
}

/** OpenTelemetry, loaded and set up. */
export interface Meter {
  readonly add: (measurement: Measurement) => void;
  /** Writes everything in the format of Prometheus. */
  readonly format: () => Promise<string>;
  /** Pushes what is not pushed yet, and ends. */
  readonly close: () => Promise<void>;
}

/** What calls itself so in metrics, as `service.name`. */
const SERVICE = "claude-on-aws-gateway";

/** How long a push may take. */
const OTLP_TIMEOUT_MS = 10_000;

const PACKAGES =
  "@opentelemetry/api @opentelemetry/sdk-metrics @opentelemetry/resources @opentelemetry/exporter-prometheus";
const OTLP_PACKAGE = "@opentelemetry/exporter-metrics-otlp-http";

/**
 * Loads OpenTelemetry, and makes the instruments of {@link METRICS}.
 *
 * @param options Where metrics are pushed to, and what is asked for when they are collected.
 * @returns The meter.
 * @throws {GatewayError} `PEER_MISSING` where a package is not installed.
 */
export async function loadMeter(options: MeterOptions): Promise<Meter> {
  const [sdk, { resourceFromAttributes }, { PrometheusExporter, PrometheusSerializer }] = await Promise.all([
    import("@opentelemetry/sdk-metrics").catch(peerMissing(PACKAGES)),
    import("@opentelemetry/resources").catch(peerMissing(PACKAGES)),
    import("@opentelemetry/exporter-prometheus").catch(peerMissing(PACKAGES)),
  ]);
  const scraped = new PrometheusExporter({ preventServerStart: true });
  const pushed = options.otlpUrl === undefined ? [] : [await createPush(sdk, options.otlpUrl, options.otlpIntervalMs)];
  const provider = new sdk.MeterProvider({
    resource: resourceFromAttributes({ "service.name": SERVICE }),
    readers: [scraped, ...pushed],
  });
  const add = createInstruments(provider, options.observed);
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    add,
    format: async () => serializer.serialize(await collect(scraped)),
    close: () => provider.shutdown({ timeoutMillis: OTLP_TIMEOUT_MS }),
  };
}

async function collect(reader: Pick<MetricReader, "collect">): Promise<ResourceMetrics> {
  const { resourceMetrics, errors } = await reader.collect();
  if (errors.length > 0) throw errors[0];
  return resourceMetrics;
}

async function createPush(
  sdk: typeof import("@opentelemetry/sdk-metrics"),
  url: string,
  intervalMs: number = DEFAULTS.otlpIntervalMs,
): Promise<MetricReader> {
  const { OTLPMetricExporter } = await import("@opentelemetry/exporter-metrics-otlp-http").catch(
    peerMissing(OTLP_PACKAGE),
  );
  return new sdk.PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url, timeoutMillis: OTLP_TIMEOUT_MS }),
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(intervalMs, OTLP_TIMEOUT_MS),
  });
}

/** Makes the instruments; answers what takes measurements for them. */
function createInstruments(provider: MeterProvider, observed: ObservedValues): Meter["add"] {
  const meter = provider.getMeter(SERVICE);
  const record = new Map<string, (value: number, attributes: Attributes) => void>();
  const isObserved = (key: MetricKey): key is ObservedMetricKey => Object.hasOwn(observed, key);
  for (const [key, metric] of Object.entries(METRICS) as [MetricKey, (typeof METRICS)[MetricKey]][]) {
    const options = { unit: metric.unit, description: metric.meaning };
    if (metric.kind === "histogram") {
      const advice = { explicitBucketBoundaries: [...(metric.bounds ?? [])] };
      const histogram = meter.createHistogram(metric.name, { ...options, advice });
      record.set(key, (value, attributes) => histogram.record(value, attributes));
    } else if (metric.kind === "counter") {
      const counter = meter.createCounter(metric.name, options);
      record.set(key, (value, attributes) => counter.add(value, attributes));
    } else if (isObserved(key)) {
      const read = observed[key];
      const create = metric.kind === "observed-gauge" ? "createObservableGauge" : "createObservableCounter";
      meter[create](metric.name, options).addCallback((result) => result.observe(read()));
    }
  }
  return ({ metric, value, attributes }) => record.get(metric)?.(value, attributes);
}
