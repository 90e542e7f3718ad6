import { headerValue } from "@claude-on-aws/auth/sigv4";
import { type Fault, type FaultName, fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { respondText } from "../respond-json.ts";
import type { CredentialService, ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { METADATA } from "./metadata.ts";
import { metadataPage } from "./metadata-page.ts";

const TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";

/** The header that carries the token of a session of metadata. */
const METADATA_TOKEN_HEADER = "x-aws-ec2-metadata-token";

/** Longest session of metadata, in seconds. */
const MAX_TTL_SECONDS = 21_600;

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

const refuse = (name: FaultName, status: number, title: string): Fault => fault(name, title, { status });

/** The length of the session that is asked for, in seconds; absent where the header is malformed or out of bounds. */
function readTtl({ request }: ServiceExchange): number | undefined {
  const text = headerValue(request.headers, TTL_HEADER)?.trim() ?? "";
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= MAX_TTL_SECONDS ? seconds : undefined;
}

const PUT_TOKEN: ServiceOperation = {
  name: "PutToken",
  checks: [
    {
      // A proxy that can be talked into a PUT must not hand the token on.
      name: "not-forwarded",
      check: ({ request }) =>
        headerValue(request.headers, "x-forwarded-for") === undefined
          ? undefined
          : refuse("authentication-missing", 403, "Forbidden"),
    },
    {
      name: "parameters",
      decisive: true,
      check: (exchange) => (readTtl(exchange) === undefined ? refuse("body-invalid", 400, "Bad Request") : undefined),
    },
  ],
  answer: (exchange, _, { credentials }) => {
    const seconds = readTtl(exchange) ?? 1;
    const token = credentials.issueMetadataToken(seconds, exchange.receivedAt);
    return respondText(token, [[TTL_HEADER, String(seconds)]]);
  },
};

/** Whether the request carries the token of a session; one without is version 1 of the service. */
function checkToken(
  { request, receivedAt }: ServiceExchange,
  settings: FakeSettings,
  { credentials }: FakeState,
): Fault | undefined {
  const token = headerValue(request.headers, METADATA_TOKEN_HEADER)?.trim();
  if (token === undefined) {
    return settings.metadataV1 ? undefined : refuse("authentication-missing", 401, "Unauthorized");
  }
  if (credentials.acceptsMetadataToken(token, receivedAt)) return undefined;
  return refuse("api-key-unknown", 401, "Unauthorized");
}

const GET_METADATA: ServiceOperation = {
  name: "GetMetadata",
  checks: [
    { name: "authentication", check: checkToken },
    {
      name: "path",
      decisive: true,
      check: ({ path }) => (METADATA.has(path) ? undefined : refuse("route-unknown", 404, "Not Found")),
    },
  ],
  answer: (exchange, settings, state) =>
    respondText(METADATA.get(exchange.path)?.(settings, exchange.receivedAt, state) ?? ""),
};

const GETS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * What an instance of EC2 is told about itself, version 2: first a token, then
 * the data.
 *
 * @see {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html | How version 2 works}
 */
export const INSTANCE_METADATA: CredentialService = {
  read: ({ method }, path) => {
    const operation =
      path === "/latest/api/token"
        ? { PUT: PUT_TOKEN }[method]
        : GETS.has(method) && path.startsWith("/latest/")
          ? GET_METADATA
          : undefined;
    return { operation, parameters: NO_PARAMETERS };
  },
  respondFault: ({ status = 404, message }) => metadataPage(status, message),
};
