/** How the client writes its requests. */
export type RequestForm = "messages" | "mantle" | "bedrock";

/** What a client asks of the gateway. */
export type RouteOperation =
  | "CreateMessage"
  | "CountTokens"
  | "ListModels"
  | "GetModel"
  | "Batches"
  | "Files"
  | "InvokeModel"
  | "InvokeModelWithResponseStream"
  | "Converse"
  | "ConverseStream"
  | "BedrockCountTokens"
  | "InferenceProfiles"
  | "Hello"
  | "ReadUsage";

/** What a client asks for, as its path says it. */
export interface GatewayRoute {
  readonly form: RequestForm;
  readonly operation: RouteOperation;
  /** Path and query as the service knows them: without what a base URL put before. */
  readonly target: string;
  /** The model in the path, decoded; null where it stands in the body, or nowhere. */
  readonly pathModel: string | null;
}
