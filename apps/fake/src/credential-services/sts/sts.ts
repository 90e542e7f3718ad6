import { hide, splitTarget } from "@claude-on-aws/endpoints";
import type { ReceivedRequest } from "../../terms/wire.ts";
import { hideBody } from "../../redact/redact.ts";
import type { CredentialService, ReadRequest, ServiceOperation } from "../service-exchange.ts";
import { ASSUME_ROLE } from "./assume-role.ts";
import { ASSUME_ROLE_WITH_WEB_IDENTITY } from "./assume-role-with-web-identity.ts";
import { GET_CALLER_IDENTITY } from "./get-caller-identity.ts";
import { type FormProblem, parseForm } from "../parse-form.ts";
import { redactForm } from "./redact-form.ts";
import { respondXmlFault } from "./respond-xml.ts";
import { stsFault } from "./sts-refusals.ts";

const OPERATIONS: ReadonlyMap<string, ServiceOperation> = new Map(
  [GET_CALLER_IDENTITY, ASSUME_ROLE, ASSUME_ROLE_WITH_WEB_IDENTITY].map((operation) => [operation.name, operation]),
);

/** The version of the API, which each request names. */
const VERSION = "2011-06-15";

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

const ENCODER = new TextEncoder();

/** The parameters are in the body, or in the query where there is none. */
function read(request: ReceivedRequest): ReadRequest {
  const { query } = splitTarget(request.target);
  const inBody = request.method === "POST" && request.body.length > 0;
  const parameters = parseForm(inBody ? request.body : query);
  const recorded = redact(request, typeof parameters === "string" ? undefined : parameters, inBody);
  if (request.bodyTooLarge === true) return unread("too-large", recorded);
  if (typeof parameters === "string") return unread(parameters, recorded);
  const action = parameters.get("Action");
  if (action === undefined) {
    return { parameters, recorded, fault: stsFault("action-missing", "Missing Action") };
  }
  const version = parameters.get("Version") ?? "NO_VERSION_SPECIFIED";
  const operation = version === VERSION ? OPERATIONS.get(action) : undefined;
  if (operation !== undefined) return { parameters, recorded, operation };
  const [name, number] = [action.slice(0, 128), version.slice(0, 32)];
  return {
    parameters,
    recorded,
    fault: stsFault("action-unknown", `Could not find operation ${name} for version ${number}`),
  };
}

const PROBLEMS: Readonly<Record<FormProblem, string>> = {
  "too-large": "Request entity is too large",
  "too-many-parameters": "Too many parameters",
  "parameter-twice": "A parameter occurs more than once",
  "not-utf-8": "The request is not UTF-8",
};

const unread = (problem: FormProblem, recorded: ReceivedRequest): ReadRequest => ({
  parameters: NO_PARAMETERS,
  recorded,
  fault: stsFault(problem === "too-large" ? "form-too-large" : "form-malformed", PROBLEMS[problem]),
});

/** The request without what may be a secret: a form that cannot be read is left out whole. */
function redact(
  request: ReceivedRequest,
  parameters: ReadonlyMap<string, string> | undefined,
  inBody: boolean,
): ReceivedRequest {
  const { path, query } = splitTarget(request.target);
  const kept = parameters && redactForm(parameters);
  const asked = inBody || kept === undefined ? hide(query) : kept;
  return {
    ...request,
    target: request.target.length > path.length ? `${path}?${asked}` : path,
    body:
      request.body.length === 0 ? request.body : ENCODER.encode((inBody ? kept : undefined) ?? hideBody(request.body)),
  };
}

/**
 * AWS STS: who signed a request, and sessions of roles.
 *
 * @see {@link https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html | AWS STS API reference}
 */
export const STS: CredentialService = { read, respondFault: respondXmlFault };
