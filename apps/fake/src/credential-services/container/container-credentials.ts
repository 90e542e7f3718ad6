import type { WireReply } from "../../terms/wire.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { respondJson } from "../respond-json.ts";
import type { CredentialService, ServiceExchange, ServiceOperation } from "../service-exchange.ts";
import { formatTimestamp } from "../format-timestamp.ts";
import { resolveSessionSeconds } from "../resolve-session-seconds.ts";

const ROLE_NAME = "container-role";
const SESSION_NAME = "container";

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

function answer({ receivedAt }: ServiceExchange, settings: FakeSettings, state: FakeState): WireReply {
  const { accountId } = settings;
  const issued = state.credentials.issue(
    { accountId, roleName: ROLE_NAME, sessionName: SESSION_NAME },
    resolveSessionSeconds(settings.sessionSeconds),
    receivedAt,
  );
  return respondJson(200, {
    RoleArn: `arn:aws:iam::${accountId}:role/${ROLE_NAME}`,
    AccessKeyId: issued.accessKeyId,
    SecretAccessKey: issued.secretAccessKey,
    Token: issued.sessionToken,
    Expiration: formatTimestamp(issued.expiration),
    AccountId: accountId,
  });
}

/** An `Authorization` is taken as it is: what stands in it is agreed between a container and its agent. */
const GET_CREDENTIALS: ServiceOperation = { name: "GetCredentials", checks: [], answer };

/**
 * What the agents of ECS and EKS give to a container.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html | Roles of ECS tasks}
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html | Container credential provider}
 */
export const CONTAINER_CREDENTIALS: CredentialService = {
  read: ({ method }, path) => ({
    operation: method === "GET" && PATH.test(path) ? GET_CREDENTIALS : undefined,
    parameters: NO_PARAMETERS,
  }),
  respondFault: ({ status = 404, errorType = "NotFound", message }) =>
    respondJson(status, { Code: errorType, Message: message }),
};

const PATH = /^\/v1\/credentials$|^\/v2\/credentials(?:\/[^/]*)?$/;
