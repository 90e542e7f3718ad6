import type { Reply } from "../../exchange/reply.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault, isFault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { ownUrl } from "../../exchange/own-url.ts";
import { pageOf } from "../page.ts";
import { pathId } from "../../exchange/path-id.ts";
import { resourceId } from "../resource-id.ts";
import type { Resources } from "../../stores/resources.ts";
import { workspaceOf } from "../../exchange/workspace-of.ts";
import { batchAnswerer } from "./batch-answerer.ts";
import { bytesOfBatch } from "../../stores/batches/batch-store.ts";
import { archivedAt, describeBatch, type MessageBatch } from "../../stores/batches/message-batch.ts";
import { readRequests } from "./read-requests.ts";

/** How long a batch may run: a day. */
const EXPIRES_MS = 86_400_000;

/**
 * Answers CreateMessageBatch; the batch runs in the background.
 *
 * @returns The batch as the service describes it, or why it is not taken.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/create | Create a Message Batch}
 */
export function createMessageBatch(exchange: Exchange, settings: FakeSettings, state: FakeState): object | Fault {
  const requests = readRequests(exchange.input ?? {});
  if (isFault(requests)) return requests;
  const id = resourceId("msgbatch", settings);
  const createdAt = settings.now();
  const batch: MessageBatch = {
    id,
    workspaceId: workspaceOf(exchange),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + EXPIRES_MS),
    resultsUrl: ownUrl(exchange, `/v1/messages/batches/${id}/results`),
    requestCount: requests.length,
    bytes: bytesOfBatch(exchange.request.body.length, requests.length),
    counts: { processing: requests.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    lines: [],
  };
  if (!state.resources.batches.add(batch)) {
    return fault("throttled", "Too many batches are being processed: wait until one has ended, or delete files.");
  }
  state.resources.runner.start(batch, requests, batchAnswerer(exchange, settings, state));
  return describeBatch(batch, createdAt);
}

/**
 * Answers ListMessageBatches, newest first.
 *
 * @returns A page of batches, or what is wrong with the query.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/list | List Message Batches}
 */
export function listMessageBatches(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): object | Fault {
  const now = settings.now();
  return pageOf(resources.batches.list(workspaceOf(exchange)), exchange.route.query, (batch) =>
    describeBatch(batch, now),
  );
}

/**
 * Answers GetMessageBatch.
 *
 * @returns The batch as the service describes it, or `resource-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/retrieve | Retrieve a Message Batch}
 */
export function getMessageBatch(exchange: Exchange, settings: FakeSettings, { resources }: FakeState): object | Fault {
  const batch = findBatch(exchange, resources);
  return isFault(batch) ? batch : describeBatch(batch, settings.now());
}

/**
 * Answers CancelMessageBatch.
 *
 * @returns The batch as it is now, or why it cannot be canceled.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/cancel | Cancel a Message Batch}
 */
export function cancelMessageBatch(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): object | Fault {
  const batch = findBatch(exchange, resources);
  if (isFault(batch)) return batch;
  if (batch.endedAt !== undefined) return fault("body-invalid", `Message Batch ${batch.id} has already ended`);
  if (batch.cancelInitiatedAt === undefined) resources.runner.cancel(batch);
  return describeBatch(batch, settings.now());
}

/**
 * Answers DeleteMessageBatch; a batch that runs has to be canceled first.
 *
 * @returns The ID of the batch that is gone, or why it cannot be deleted.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/delete | Delete a Message Batch}
 */
export function deleteMessageBatch(exchange: Exchange, _: FakeSettings, { resources }: FakeState): object | Fault {
  const batch = findBatch(exchange, resources);
  if (isFault(batch)) return batch;
  if (batch.endedAt === undefined) {
    return fault("body-invalid", `Message Batch ${batch.id} is still being processed: cancel it before you delete it`);
  }
  resources.batches.remove(batch);
  return { id: batch.id, type: "message_batch_deleted" };
}

/**
 * Answers GetMessageBatchResults: one line of JSON for each request, in the
 * order in which they were answered.
 *
 * @returns The lines, or why there are none.
 * @see {@link https://platform.claude.com/docs/en/api/messages/batches/results | Retrieve Message Batch results}
 */
export function getMessageBatchResults(
  exchange: Exchange,
  settings: FakeSettings,
  { resources }: FakeState,
): Reply | Fault {
  const batch = findBatch(exchange, resources);
  if (isFault(batch)) return batch;
  if (batch.endedAt === undefined) {
    return fault("resource-unknown", `Message Batch ${batch.id} has no results yet: it is still being processed`, {
      status: settings.facts.unfinishedResultsStatus,
      ...(settings.facts.unfinishedResultsStatus === 404 ? {} : { errorType: "invalid_request_error" }),
    });
  }
  if (archivedAt(batch, settings.now()) !== undefined) {
    return fault("resource-unknown", `The results of Message Batch ${batch.id} are no longer available`);
  }
  return { kind: "bytes", contentType: "application/x-jsonl", body: encodeLines(batch.lines) };
}

function findBatch(exchange: Exchange, { batches }: Resources): MessageBatch | Fault {
  const id = pathId(exchange);
  return batches.find(id, workspaceOf(exchange)) ?? fault("resource-unknown", `Message Batch ${id} not found`);
}

/** How much of the results is written at once, in characters. */
const PIECE_CHARACTERS = 65_536;

/**
 * Lines in a few large pieces: made while they are sent, so that they are not held twice.
 *
 * @yields {Uint8Array} Some 64 KiB of whole lines.
 */
function* encodeLines(lines: readonly string[]): Generator<Uint8Array> {
  const text = new TextEncoder();
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE_CHARACTERS) continue;
    yield text.encode(piece);
    piece = "";
  }
  if (piece !== "") yield text.encode(piece);
}
