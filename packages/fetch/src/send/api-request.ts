import { readFields } from "../body/read-fields.ts";
import { NO_FIELDS } from "../body/body-fields.ts";
import { apiPath } from "../request/api-path.ts";
import type { ClientRequest } from "../request/client-request.ts";
import { andThen } from "../translate/and-then.ts";
import type { Header } from "../header.ts";
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
 * Reads what a client asks for, as far as that has to be read, and finds out where it goes: at once where the body is there and the
 * configuration is known.
 *
 * @param client The client's request.
 * @param choose Says where it goes.
 * @param share Counts what is held of it.
 * @returns The request in the terms of the Messages API.
 * @throws {FetchError} `BODY_MALFORMED`, `BODY_KEY_REPEATED`, `BODY_KEY_MISSPELLED`, `BODY_TOO_LARGE`, `BODIES_TOO_LARGE`; as a
 * promise that is rejected, where there is something to wait for.
 */
export function addressRequest(
  client: ClientRequest,
  choose: SenderSettings["choose"],
  share: BodyShare,
): AddressedRequest | Promise<AddressedRequest> {
  const { method, pathname, query, headers } = client;
  const path = apiPath(pathname);
  const common = { method, pathname, path, query, headers };
  const namesModel = method === "POST" && path !== null && NAMES_MODEL.test(path);
  if (namesModel) {
    return andThen(client.body === null ? NO_BYTES : gather(client.body, share), (body) => {
      const fields = readFields(body);
      const request = { ...common, body, fields };
      return andThen(choose(fields.model?.value ?? null), (destination) => ({ request, destination }));
    });
  }
  return andThen(choose(null), (destination) => {
    const isUpload = client.body instanceof ReadableStream && destination.dialect.streamsUploads && !isJson(headers);
    return andThen(client.body === null || isUpload ? client.body : gather(client.body, share), (body) => ({
      request: { ...common, body, fields: NO_FIELDS },
      destination,
    }));
  });
}

const NO_BYTES = /* @__PURE__ */ new Uint8Array();

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

const isJson = (headers: readonly Header[]): boolean =>
  headers.some(([name, value]) => name === "content-type" && JSON_TYPE.test(value));

/** Reads a body whole, no further than its share goes. */
function gather(body: Uint8Array | ReadableStream<Uint8Array>, share: BodyShare): Uint8Array | Promise<Uint8Array> {
  if (!(body instanceof Uint8Array)) return gatherStream(body, share);
  share.take(body.length);
  return body;
}

async function gatherStream(body: ReadableStream<Uint8Array>, share: BodyShare): Promise<Uint8Array> {
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
