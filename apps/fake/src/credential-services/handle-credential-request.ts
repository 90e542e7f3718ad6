import { splitTarget } from "@claude-on-aws/endpoints";
import type { ReceivedRequest, WireReply } from "../terms/wire.ts";
import { type Override, type Pipeline, type PipelineContext, runPipeline } from "../pipeline/pipeline.ts";
import type { ExchangeStore } from "../record/exchange-store.ts";
import { hideBody } from "../redact/redact.ts";
import { noRoom } from "../validate/check-body-size.ts";
import { fault, isFault } from "../terms/faults.ts";
import type { CredentialServiceName } from "../terms/credential-services.ts";
import { CONTAINER_CREDENTIALS } from "./container/container-credentials.ts";
import type { FoundService } from "../terms/parse-credential-host.ts";
import { INSTANCE_METADATA } from "./metadata/instance-metadata.ts";
import type { CredentialService, ReadRequest, ServiceExchange } from "./service-exchange.ts";
import { SSO } from "./sso/sso.ts";
import { SSO_DEVICE } from "./sso-device/sso-device.ts";
import { SSO_OIDC } from "./sso-oidc/sso-oidc.ts";
import { STS } from "./sts/sts.ts";

/** One row for each service. */
const SERVICES: Readonly<Record<CredentialServiceName, CredentialService>> = {
  sts: STS,
  sso: SSO,
  "sso-oidc": SSO_OIDC,
  "sso-device": SSO_DEVICE,
  "container-credentials": CONTAINER_CREDENTIALS,
  "instance-metadata": INSTANCE_METADATA,
};

/** What a request for credentials meets on its way. */
interface CredentialContext extends PipelineContext {
  readonly store: Pick<ExchangeStore, "record">;
}

/**
 * Answers a request for credentials, and records it. These requests are not
 * for Claude: none of the rules is about them.
 *
 * @returns The answer, in the form of the service; never throws on what a client sent.
 */
export function handleCredentialRequest(
  request: ReceivedRequest,
  found: FoundService,
  context: CredentialContext,
): Promise<WireReply> {
  const { settings, override } = context;
  const service = SERVICES[found.service];
  const { path } = splitTarget(request.target);
  const read = service.read(request, path);
  const exchange: ServiceExchange = {
    id: settings.randomUuid(),
    receivedAt: settings.now(),
    request,
    region: found.region,
    path,
    parameters: read.parameters,
    lists: read.lists,
    checked: [],
  };
  return runPipeline(credentialPipeline(service, read, found, context), exchange, {
    ...context,
    override: override && answeringHead(override),
  });
}

/** A service asks first whether it can read the request, then what the operation asks. */
function credentialPipeline(
  service: CredentialService,
  read: ReadRequest,
  { service: provider }: FoundService,
  { settings, state, store }: CredentialContext,
): Pipeline<ServiceExchange, WireReply> {
  const unread = read.fault ?? (read.operation === undefined ? UNKNOWN : undefined);
  const respondFault = read.operation?.respondFault ?? service.respondFault;
  return {
    checks: [
      {
        name: "route",
        decisive: true,
        check: ({ request }) => (request.bodyHasNoRoom === true ? noRoom(settings, OVERLOADED) : unread),
      },
      ...(read.operation?.checks ?? []),
    ],
    behave: (exchange) => read.operation?.answer(exchange, settings, state) ?? UNKNOWN,
    write: (answer, { id, request }) => withoutBodyOfHead(request, isFault(answer) ? respondFault(answer, id) : answer),
    record: (exchange, reply) => store.record(toRecord(exchange, read, provider), reply),
    internal: { status: 500, errorType: "InternalFailure" },
  };
}

/** How STS and the others write a refusal of the server's own. */
const OVERLOADED = { status: 503, errorType: "ServiceUnavailable" } as const;

const UNKNOWN = fault("route-unknown", "Not Found", { status: 404, errorType: "NotFound" });

const withoutBodyOfHead = ({ method }: ReceivedRequest, reply: WireReply): WireReply =>
  method === "HEAD" ? { ...reply, body: new Uint8Array() } : reply;

const answeringHead =
  (override: Override): Override =>
  async (request) => {
    const reply = await override(request);
    return reply && withoutBodyOfHead(request, reply);
  };

/** These services read no body: what stands in one all the same may be a secret. */
const withoutBody = (request: ReceivedRequest): ReceivedRequest =>
  request.body.length === 0 ? request : { ...request, body: new TextEncoder().encode(hideBody(request.body)) };

function toRecord(
  { id, receivedAt, request, region, caller, checked, answeredBy }: ServiceExchange,
  { operation, recorded }: ReadRequest,
  provider: CredentialServiceName,
): Parameters<ExchangeStore["record"]>[0] {
  return {
    id,
    receivedAt,
    request: recorded ?? withoutBody(request),
    route: {
      provider,
      ...(region === undefined ? {} : { hostRegion: region }),
      ...(operation === undefined ? {} : { operation: { name: operation.name } }),
      parameters: {},
      query: new URLSearchParams(recorded === undefined ? splitTarget(request.target).query : ""),
    },
    ...(caller === undefined ? {} : { caller }),
    checked,
    ...(answeredBy === undefined ? {} : { answeredBy }),
  };
}
