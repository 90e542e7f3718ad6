import { headerValue, headerValues } from "@claude-on-aws/auth/sigv4";
import { parseBearer } from "@claude-on-aws/endpoints";
import type { Verdict } from "../check.ts";
import type { Exchange } from "../exchange.ts";
import { fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { type AuthenticationKind, authenticationKind } from "./authentication-kind.ts";
import { checkApiKey } from "./check-api-key.ts";
import { checkSignature } from "./check-signature.ts";

type Judge = (exchange: Exchange, settings: FakeSettings) => Verdict | Promise<Verdict>;

const judgeBearer: Judge = (exchange, settings) => {
  const values = headerValues(exchange.request.headers, "authorization");
  return checkApiKey(
    exchange,
    settings,
    "bearer",
    values.map((value) => parseBearer(value) ?? value),
  );
};

/** Who judges which kind. A header of neither form is judged, and refused, as a signature. */
const JUDGES: Readonly<Record<AuthenticationKind, Judge>> = {
  sigv4: checkSignature,
  other: checkSignature,
  bearer: judgeBearer,
  "x-api-key": (exchange, settings) =>
    checkApiKey(exchange, settings, "x-api-key", headerValues(exchange.request.headers, "x-api-key")),
  both: (_, { facts }) =>
    fault("authentication-twice", "request must not include both 'authorization' and 'x-api-key' headers", {
      status: facts.bothKeysStatus,
    }),
  none: ({ route }) =>
    fault(
      "authentication-missing",
      route.provider === "bedrock" ? "Authorization header is missing" : "Missing Authentication Token",
    ),
};

/** Whether the caller proves who it is, by a signature or by a key. */
export function checkAuthentication(exchange: Exchange, settings: FakeSettings): Verdict | Promise<Verdict> {
  const { request, route } = exchange;
  // Amazon Bedrock does not know `x-api-key`: there it is a header like any other.
  const read =
    route.provider === "bedrock" && headerValue(request.headers, "x-api-key") !== undefined
      ? { headers: request.headers.filter(([name]) => name.toLowerCase() !== "x-api-key") }
      : request;
  return JUDGES[authenticationKind(read)](exchange, settings);
}
