import { parseBearer } from "@claude-on-aws/endpoints";
import type { JudgedExchange } from "./judged-exchange.ts";

/** An API key, and the header in which it was sent. */
export interface PresentedKey {
  readonly header: "authorization" | "x-api-key";
  readonly value: string;
}

/**
 * Reads the API key of a request: a bearer key, or else what stands in `x-api-key`.
 *
 * @returns `undefined` where there is none.
 */
export function presentedKey({ headers }: JudgedExchange): PresentedKey | undefined {
  const authorization = headers.get("authorization")?.[0] ?? "";
  const bearer = parseBearer(authorization);
  if (bearer !== undefined) return { header: "authorization", value: bearer };
  const value = headers.get("x-api-key")?.[0];
  return value === undefined || authorization !== "" ? undefined : { header: "x-api-key", value };
}
