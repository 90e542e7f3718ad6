import { isObject } from "@claude-on-aws/endpoints";
import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { Exchange } from "../exchange.ts";
import type { Fault } from "../faults.ts";
import type { BuiltOperation } from "../operations.ts";
import type { FakeSettings } from "../options.ts";
import {
  cancelMessageBatch,
  createMessageBatch,
  deleteMessageBatch,
  getMessageBatch,
  getMessageBatchResults,
  listMessageBatches,
} from "../resources/batches/message-batches.ts";
import { createInferenceProfile, deleteInferenceProfile } from "../resources/bedrock/application-profiles.ts";
import {
  getFoundationModel,
  getFoundationModelAvailability,
  listFoundationModels,
} from "../resources/bedrock/foundation-models.ts";
import { getUseCase, putUseCase } from "../resources/bedrock/use-case.ts";
import { createFile, deleteFile, getFile, getFileContent, listFiles } from "../resources/files/files.ts";
import {
  archiveWorkspace,
  createWorkspace,
  getWorkspace,
  listWorkspaces,
  updateWorkspace,
} from "../resources/workspaces/workspaces.ts";
import { answer } from "./answer.ts";
import { countTokens } from "./count-tokens.ts";
import { getInferenceProfile, listInferenceProfiles } from "./inference-profiles.ts";
import { getModel, listModels } from "./models.ts";

/** The forms in which a message is answered, one for each operation that does. */
export type MessageForm =
  | "message"
  | "message-stream"
  | "invoke-model"
  | "invoke-model-stream"
  | "converse"
  | "converse-stream";

/** What becomes of a stream on its way. */
export interface StreamPlan {
  /** Time between two events, in milliseconds. */
  readonly eventDelayMs?: number | undefined;
  /** How many events are sent before the stream ends without its end. */
  readonly cutAfterEvents?: number | undefined;
  /** How many events are sent before the exception. */
  readonly failAfterEvents?: number | undefined;
  readonly exception?: StreamException | undefined;
}

/** An exception in the middle of a stream. */
export interface StreamException {
  /** Name as an event stream writes it, such as `throttlingException`. */
  readonly name: string;
  /** `error.type` as the Claude API writes it. */
  readonly errorType: string;
  readonly message: string;
}

/** A message, and the form in which it is answered. */
export interface MessageReply {
  readonly kind: MessageForm;
  readonly message: ClaudeMessage;
  /** Absent where the stream goes out at once and whole. */
  readonly plan?: StreamPlan | undefined;
}

/** Bytes that are answered as they are. */
export interface BytesReply {
  readonly kind: "bytes";
  readonly contentType: string;
  readonly body: Uint8Array | Iterable<Uint8Array>;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** An object that is answered as JSON. */
export interface JsonReply {
  readonly kind: "json";
  readonly value: object;
  /** @default {200} */
  readonly status?: number | undefined;
}

/** What should be answered, before anything is written: a message, in the form the operation has, an object, or bytes. */
export type Reply = JsonReply | BytesReply | MessageReply;

type Behaviour = (exchange: Exchange, settings: FakeSettings) => Reply | Fault;

const json =
  (make: (exchange: Exchange, settings: FakeSettings) => object | Fault): Behaviour =>
  (exchange, settings) => {
    const value = make(exchange, settings);
    return isFault(value) ? value : { kind: "json", value };
  };

/** The form of each operation that answers a message; whether CreateMessage streams stands in its body. */
const FORMS: Partial<Record<BuiltOperation, MessageForm>> = {
  CreateMessage: "message",
  CreateMessageOnMantle: "message",
  InvokeModel: "invoke-model",
  InvokeModelWithResponseStream: "invoke-model-stream",
  Converse: "converse",
  ConverseStream: "converse-stream",
};

/** The form in which a message would answer; `undefined` where the operation answers none. */
export function resolveForm({ route, input }: Exchange): MessageForm | undefined {
  const form = route.operation?.built && FORMS[route.operation.built];
  return form === "message" && input?.["stream"] === true ? "message-stream" : form;
}

const message: Behaviour = (exchange, settings) => ({
  kind: resolveForm(exchange) ?? "message",
  message: answer(exchange, settings),
});

/** What each operation does. */
export const BEHAVIOURS: Readonly<Record<BuiltOperation, Behaviour>> = {
  CreateMessage: message,
  CreateMessageOnMantle: message,
  CountTokens: json(({ input }) => ({ input_tokens: countTokens(input ?? {}) })),
  ListModels: json(listModels),
  GetModel: json(getModel),
  InvokeModel: message,
  InvokeModelWithResponseStream: message,
  Converse: message,
  ConverseStream: message,
  CountTokensOfModel: json(({ input }) => ({ inputTokens: countTokens(countedBody(input ?? {})) })),
  ListInferenceProfiles: json(listInferenceProfiles),
  GetInferenceProfile: json(getInferenceProfile),
  CreateMessageBatch: json(createMessageBatch),
  ListMessageBatches: json(listMessageBatches),
  GetMessageBatch: json(getMessageBatch),
  GetMessageBatchResults: getMessageBatchResults,
  CancelMessageBatch: json(cancelMessageBatch),
  DeleteMessageBatch: json(deleteMessageBatch),
  CreateFile: json(createFile),
  ListFiles: json(listFiles),
  GetFile: json(getFile),
  GetFileContent: getFileContent,
  DeleteFile: json(deleteFile),
  CreateWorkspace: json(createWorkspace),
  ListWorkspaces: json(listWorkspaces),
  GetWorkspace: json(getWorkspace),
  UpdateWorkspace: json(updateWorkspace),
  ArchiveWorkspace: json(archiveWorkspace),
  CreateInferenceProfile: createInferenceProfile,
  DeleteInferenceProfile: json(deleteInferenceProfile),
  ListFoundationModels: json(listFoundationModels),
  GetFoundationModel: json(getFoundationModel),
  GetFoundationModelAvailability: json(getFoundationModelAvailability),
  PutUseCaseForModelAccess: putUseCase,
  GetUseCaseForModelAccess: json(getUseCase),
};

/** Whether a behaviour refused. */
export const isFault = (value: object): value is Fault => "name" in value && "message" in value && !("kind" in value);

/** The body that CountTokens of Amazon Bedrock is about; a body of InvokeModel comes in base64. */
function countedBody({ input }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { invokeModel, converse } = isObject(input) ? input : {};
  if (isObject(converse)) return converse;
  const body = isObject(invokeModel) ? invokeModel["body"] : undefined;
  const parsed: unknown = typeof body === "string" ? parseBase64Json(body) : undefined;
  return isObject(parsed) ? parsed : {};
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
