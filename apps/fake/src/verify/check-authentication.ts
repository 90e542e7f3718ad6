import { headerValue, headerValues } from "@claude-on-aws/auth/sigv4";
import { parseBearer } from "@claude-on-aws/endpoints";
import type { Check, Verdict } from "../exchange/check.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { speaksMessagesApi } from "../exchange/speaks-messages-api.ts";
import { fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { type AuthenticationKind, authenticationKind } from "../terms/authentication-kind.ts";
import { checkApiKey } from "./check-api-key.ts";
import { checkQuerySignature } from "./check-query-signature.ts";
import { checkSignature } from "./check-signature.ts";

type Judge = Check["check"];

const judgeBearer: Judge = (exchange, settings, state) => {
  const values = headerValues(exchange.request.headers, "authorization");
  return checkApiKey(
    exchange,
    settings,
    state,
    "bearer",
    values.map((value) => parseBearer(value) ?? value),
  );
};

const judgeNone: Judge = ({ route }) =>
  fault(
    "authentication-missing",
    route.provider === "bedrock" ? "Authorization header is missing" : "Missing Authentication Token",
  );

/** Who judges which kind. A header of neither form is judged, and refused, as a signature. */
const JUDGES: Readonly<Record<AuthenticationKind, Judge>> = {
  sigv4: checkSignature,
  "sigv4-query": checkQuerySignature,
  other: checkSignature,
  bearer: judgeBearer,
  "x-api-key": (exchange, settings, state) =>
    checkApiKey(exchange, settings, state, "x-api-key", headerValues(exchange.request.headers, "x-api-key")),
  both: (_, { facts }) =>
    fault("authentication-twice", "request must not include both 'authorization' and 'x-api-key' headers", {
      status: facts.bothKeysStatus,
    }),
  none: judgeNone,
};

/**
 * Checks whether the caller proves who it is, by a signature or by a key.
 *
 * @returns Why it does not.
 */
export function checkAuthentication(
  exchange: Exchange,
  settings: FakeSettings,
  state: FakeState,
): Verdict | Promise<Verdict> {
  const { request, route } = exchange;
  // Amazon Bedrock does not know `x-api-key`: there it is a header like any other, except for the runtime's Messages API.
  const isKey = speaksMessagesApi(route) && headerValue(request.headers, "authorization") === undefined;
  const read =
    route.provider === "bedrock" && !isKey && headerValue(request.headers, "x-api-key") !== undefined
      ? { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== "x-api-key") }
      : request;
  return JUDGES[authenticationKind(read)](exchange, settings, state);
}
