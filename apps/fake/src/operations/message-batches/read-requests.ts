import { isObject } from "@claude-on-aws/endpoints";
import { type Fault, fault, isFault } from "../../terms/faults.ts";
import type { BatchRequest } from "../../stores/batches/message-batch.ts";

/** The most requests of a batch. */
const MAX_REQUESTS = 100_000;

const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;

const invalid = (message: string): Fault => fault("body-invalid", message);

/**
 * Reads the requests of a batch. What each of them asks for is not looked at:
 * that is done when it is its turn.
 *
 * @returns The requests in order, or the first thing that is wrong with the batch.
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/batch-processing | Batch processing}
 */
export function readRequests(input: Readonly<Record<string, unknown>>): readonly BatchRequest[] | Fault {
  const extra = Object.keys(input).find((name) => name !== "requests");
  if (extra !== undefined) return invalid(`${extra.slice(0, 100)}: Extra inputs are not permitted`);
  const { requests } = input;
  if (requests === undefined) return invalid("requests: Field required");
  if (!Array.isArray(requests)) return invalid("requests: Input should be a valid list");
  if (requests.length === 0) return invalid("requests: List should have at least 1 item after validation, not 0");
  if (requests.length > MAX_REQUESTS) {
    return invalid(`requests: List should have at most ${MAX_REQUESTS} items after validation, not ${requests.length}`);
  }
  const seen = new Set<string>();
  const read: BatchRequest[] = [];
  for (const [index, request] of requests.entries()) {
    const found = readRequest(request, `requests.${index}`);
    if (isFault(found)) return found;
    if (seen.has(found.customId)) {
      return invalid(
        `requests.${index}.custom_id: custom_id must be unique within a batch, found "${found.customId}" twice`,
      );
    }
    seen.add(found.customId);
    read.push(found);
  }
  return read;
}

function readRequest(request: unknown, place: string): BatchRequest | Fault {
  if (!isObject(request)) return invalid(`${place}: Input should be a valid dictionary`);
  const { custom_id: customId, params } = request;
  if (customId === undefined) return invalid(`${place}.custom_id: Field required`);
  if (typeof customId !== "string") return invalid(`${place}.custom_id: Input should be a valid string`);
  if (!CUSTOM_ID.test(customId)) {
    return invalid(`${place}.custom_id: String should match pattern '${CUSTOM_ID.source}'`);
  }
  if (params === undefined) return invalid(`${place}.params: Field required`);
  if (!isObject(params)) return invalid(`${place}.params: Input should be a valid dictionary`);
  return { customId, params };
}
