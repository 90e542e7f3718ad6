import { splitTarget } from "@claude-on-aws/endpoints";
import type { Override } from "../handle.ts";
import type { ReceivedRequest, WireReply } from "../exchange.ts";
import { type Fault, fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import type { Journal } from "../record/journal.ts";
import { containerCredentials } from "./container/container-credentials.ts";
import type { FoundService } from "./find-credential-service.ts";
import { instanceMetadata } from "./metadata/instance-metadata.ts";
import type { CredentialService, ReadRequest, ServiceExchange } from "./service-exchange.ts";
import type { CredentialServiceName } from "./services.ts";
import { sso } from "./sso/sso.ts";
import { sts } from "./sts/sts.ts";

/** One row for each service. */
const SERVICES: Readonly<Record<CredentialServiceName, CredentialService>> = {
  sts,
  sso,
  "container-credentials": containerCredentials,
  "instance-metadata": instanceMetadata,
};

/** What a request for credentials meets on its way. */
interface CredentialContext {
  readonly settings: FakeSettings;
  readonly journal: Journal;
  readonly override: Override | undefined;
}

/**
 * Answers a request for credentials, and records it. These requests are not
 * for Claude: none of the rules is about them.
 */
export async function handleCredentialRequest(
  request: ReceivedRequest,
  { service: name, region }: FoundService,
  { settings, journal, override }: CredentialContext,
): Promise<WireReply> {
  const service = SERVICES[name];
  const { path, query } = splitTarget(request.target);
  const read = service.read(request, path);
  const exchange: ServiceExchange = {
    id: settings.randomUuid(),
    receivedAt: settings.now(),
    request,
    region,
    path,
    parameters: read.parameters,
    checked: [],
  };
  const refused = await runChecks(read, exchange, settings);
  const overridden = override === undefined ? undefined : await ask(override, exchange);
  const answer = overridden ?? refused ?? perform(read, exchange, settings);
  const reply = "status" in answer && "body" in answer ? answer : service.respondFault(answer, exchange.id);
  const sent = request.method === "HEAD" ? { ...reply, body: new Uint8Array() } : reply;
  const { id, receivedAt, caller, checked } = exchange;
  journal.record(
    {
      id,
      receivedAt,
      request: read.recorded ?? request,
      route: {
        provider: name,
        ...(region === undefined ? {} : { hostRegion: region }),
        ...(read.operation === undefined ? {} : { operation: { name: read.operation.name } }),
        parameters: {},
        query: new URLSearchParams(read.recorded === undefined ? query : ""),
      },
      ...(caller === undefined ? {} : { caller }),
      checked,
      ...(overridden === undefined ? {} : { answeredBy: "override" }),
    },
    sent,
  );
  return sent;
}

/** Asks everything in order; the first fault decides, where findings decide at all. */
async function runChecks(
  read: ReadRequest,
  exchange: ServiceExchange,
  settings: FakeSettings,
): Promise<Fault | undefined> {
  const unread = read.fault ?? (read.operation === undefined ? UNKNOWN : undefined);
  exchange.checked.push(unread === undefined ? { check: "route" } : { check: "route", fault: unread });
  if (unread !== undefined) return unread;
  try {
    for (const { name, decisive, check } of read.operation?.checks ?? []) {
      const found = await check(exchange, settings);
      exchange.checked.push(found === undefined ? { check: name } : { check: name, fault: found });
      if (found !== undefined && (decisive === true || settings.onFinding === "reject")) return found;
    }
    return undefined;
  } catch (error) {
    return failed("internal", INTERNAL, error, exchange);
  }
}

const UNKNOWN = fault("route-unknown", "Not Found", { status: 404, errorType: "NotFound" });

function perform(read: ReadRequest, exchange: ServiceExchange, settings: FakeSettings): WireReply | Fault {
  try {
    return read.operation?.answer(exchange, settings) ?? UNKNOWN;
  } catch (error) {
    return failed("internal", INTERNAL, error, exchange);
  }
}

async function ask(override: Override, exchange: ServiceExchange): Promise<WireReply | Fault | undefined> {
  try {
    return await override(exchange.request);
  } catch (error) {
    return failed("override", "A handler that was given to the fake threw", error, exchange);
  }
}

/** What a client may be told of a mistake of our own. */
const INTERNAL = "The fake failed to handle this request. This is a bug of the fake, not of the client.";

function failed(check: string, message: string, error: unknown, { checked }: ServiceExchange): Fault {
  const details = { stack: String((error as Error)?.stack ?? error) };
  const found = fault("internal", message, { status: 500, errorType: "InternalFailure", details });
  checked.push({ check, fault: found });
  return found;
}
