import { readFields } from "../body/read-fields.ts";
import { NO_FIELDS } from "../body/body-fields.ts";
import { apiPath } from "../request/api-path.ts";
import type { ClientRequest } from "../request/client-request.ts";
import { passedHeaders } from "../request/passed-headers.ts";
import type { ApiRequest } from "../translate/translation.ts";
import type { BodyShare } from "./body-budget.ts";
import type { Destination, SenderSettings } from "./settings.ts";

/** A request, and where it goes. */
export interface AddressedRequest {
  readonly request: ApiRequest;
  readonly destination: Destination;
}

/** Bodies of these say which model is meant. */
const NAMES_MODEL = /^\/v1\/messages(?:\/count_tokens)?$/;

/**
 * Reads what a client asks for, as far as that has to be read, and finds out where it goes.
 *
 * @param client The client's request.
 * @param choose Says where it goes.
 * @param share Counts what is held of it.
 * @returns The request in the terms of the Messages API.
 * @throws {FetchError} `BODY_MALFORMED`, `BODY_KEY_REPEATED`, `BODY_KEY_MISSPELLED`, `BODY_TOO_LARGE`, `BODIES_TOO_LARGE`.
 */
export async function addressRequest(
  client: ClientRequest,
  choose: SenderSettings["choose"],
  share: BodyShare,
): Promise<AddressedRequest> {
  const { method, url } = client;
  const path = apiPath(url.pathname);
  const common = { method, url, path, query: url.search, headers: passedHeaders(client.headers) };
  const namesModel = method === "POST" && path !== null && NAMES_MODEL.test(path);
  if (namesModel) {
    const body = client.body === null ? new Uint8Array() : await gather(client.body, share);
    const fields = readFields(body);
    return { request: { ...common, body, fields }, destination: await choose(fields.model?.value ?? null) };
  }
  const destination = await choose(null);
  const isUpload =
    client.body instanceof ReadableStream && destination.dialect.streamsUploads && !isJson(client.headers);
  const body = client.body === null || isUpload ? client.body : await gather(client.body, share);
  return { request: { ...common, body, fields: NO_FIELDS }, destination };
}

const isJson = (headers: Headers): boolean =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get("content-type") ?? "");

/** Reads a body whole, no further than its share goes. */
async function gather(body: Uint8Array | ReadableStream<Uint8Array>, share: BodyShare): Promise<Uint8Array> {
  if (body instanceof Uint8Array) {
    share.take(body.length);
    return body;
  }
  const parts: Uint8Array[] = [];
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      share.take(value.length);
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel(error).catch(() => undefined);
    throw error;
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}
