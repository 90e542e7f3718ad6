import { isObject } from "@claude-on-aws/endpoints";
import type { GatewayRoute } from "../terms/gateway-route.ts";

/**
 * Writes the target of a request that asks what a model is: under the name that the service has for it, as in a message.
 *
 * @param route What is asked for.
 * @param upstreamModel The model as the service is asked for it; null where that is not known.
 * @returns The target; as received, where the request asks for something else or the service has the same name.
 */
export function targetOf({ operation, target, pathModel }: GatewayRoute, upstreamModel: string | null): string {
  if (operation !== "GetModel" || upstreamModel === null || upstreamModel === pathModel) return target;
  const mark = target.indexOf("?");
  return `/v1/models/${encodeURIComponent(upstreamModel)}${mark < 0 ? "" : target.slice(mark)}`;
}

/**
 * Writes what a service says of a model under the name that the client asked for.
 *
 * @param bytes What the service says.
 * @param asked The name.
 * @returns The same bytes where the service has the same name, or says something else.
 */
export function nameModel(bytes: Uint8Array, asked: string): Uint8Array {
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return bytes;
  }
  // A name without a date is one that Claude Platform itself answers with a dated id.
  if (!isObject(said) || typeof said["id"] !== "string" || !OF_BEDROCK.test(said["id"]) || said["id"] === asked) {
    return bytes;
  }
  return new TextEncoder().encode(JSON.stringify({ ...said, id: asked }));
}

/** An inference profile, or an ARN. */
const OF_BEDROCK = /^(?:[a-z-]+\.anthropic\.|arn:)/;
