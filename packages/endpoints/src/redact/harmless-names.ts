import type { HarmlessForm } from "./forms.ts";
import { isSecretName } from "./harmless-words.ts";

/** Names by the form that their values have. */
type Names = Readonly<Partial<Record<HarmlessForm, string>>>;

const byName = (names: Names): ReadonlyMap<string, HarmlessForm> =>
  new Map(
    (Object.entries(names) as [HarmlessForm, string][]).flatMap(([form, list]) =>
      list
        .trim()
        .split(/\s+/)
        .map((name) => [name, form] as const),
    ),
  );

/**
 * Headers whose values hold no secret, in lower case: those of HTTP, of AWS's and Anthropic's clients and services.
 *
 * @see {@link https://www.iana.org/assignments/http-fields/http-fields.xhtml | HTTP field names}
 */
const HARMLESS_HEADERS: ReadonlyMap<string, HarmlessForm> = /* @__PURE__ */ byName({
  text: `:method :scheme :protocol :status
    accept accept-charset accept-encoding accept-language accept-ranges age allow alt-svc cache-control connection
    content-disposition content-encoding content-language content-length content-range content-type dnt expect
    if-modified-since if-unmodified-since keep-alive max-forwards pragma prefer priority proxy-connection range retry-after
    retry-after-ms server server-timing strict-transport-security te trailer transfer-encoding upgrade
    upgrade-insecure-requests user-agent vary via warning www-authenticate x-accel-buffering
    x-content-type-options x-frame-options x-powered-by x-requested-with x-robots-tag x-xss-protection
    amz-sdk-request x-amz-algorithm x-amz-decoded-content-length x-amz-expires x-amz-target x-amz-trailer x-amz-user-agent
    x-amzn-bedrock-accept x-amzn-bedrock-content-type x-amzn-errortype x-amzn-bedrock-trace
    x-app x-claude-on-aws-fault x-claude-on-aws-hint x-claude-on-aws-row x-cloud-trace-context x-envoy-attempt-count
    x-forwarded-port x-forwarded-proto
    x-forwarded-prefix x-forwarded-scheme x-kubernetes-region x-should-retry x-service-name`,
  id: `amz-sdk-invocation-id anthropic-organization-id cf-ray idempotency-key request-id traceparent x-amz-apigw-id
    x-amz-cf-id x-amz-id-2 x-amz-request-id x-amzn-remapped-x-amzn-requestid x-amzn-request-id x-amzn-requestid x-amzn-trace-id
    x-claude-code-session-id x-client-request-id x-correlation-id x-request-id x-session-id session-id session_id x-trace-id`,
  hash: "content-md5 etag x-amz-checksum-crc32 x-amz-checksum-crc32c x-amz-checksum-sha1 x-amz-checksum-sha256 x-amz-content-sha256",
  host: ":authority host forwarded x-forwarded-for x-forwarded-host x-forwarded-server x-original-host x-real-ip",
  url: `:path content-location location origin referer x-claude-on-aws-exchange x-forwarded-uri x-original-uri
    x-original-url x-rewrite-url`,
  date: "date expires last-modified x-amz-date",
  authorization: "authorization proxy-authorization",
  credential: "x-amz-credential",
  names: "x-amz-signedheaders",
  workspace: "anthropic-workspace-id",
});

/** Headers of these beginnings hold no secret either, unless their names say so. */
const HARMLESS_BEGINNINGS: readonly string[] = [
  "access-control-",
  "anthropic-",
  "sec-ch-",
  "sec-fetch-",
  "x-amzn-bedrock-",
  "x-claude-",
  "x-stainless-",
];

/**
 * The form of a header that holds no secret.
 *
 * @param name In lower case.
 * @returns `undefined` for one that may hold a secret.
 */
export function harmlessHeader(name: string): HarmlessForm | undefined {
  const known = HARMLESS_HEADERS.get(name);
  if (known !== undefined || isSecretName(name)) return known;
  return HARMLESS_BEGINNINGS.some((beginning) => name.startsWith(beginning)) ? "id" : undefined;
}

/** Parameters of queries and forms whose values hold no secret: those of the Messages API, Bedrock, STS and a signature. */
export const HARMLESS_PARAMETERS: ReadonlyMap<string, HarmlessForm> = /* @__PURE__ */ byName({
  text: `Action Version DurationSeconds ProviderId SerialNumber SourceIdentity RoleArn RoleSessionName
    X-Amz-Algorithm X-Amz-Expires
    account_id after_id before_id beta client failed format grant_type include_archived limit maxResults modelId modelIdentifier
    nextToken order page purpose role_name scope_id sortBy sortOrder status statusEquals type typeEquals byCustomizationType
    byInferenceType byOutputModality byProvider nameContains`,
  date: "X-Amz-Date creationTimeAfter creationTimeBefore submitTimeAfter submitTimeBefore",
  credential: "X-Amz-Credential",
  names: "X-Amz-SignedHeaders",
});

/** Fields of JSON bodies whose values hold no secret: those of the Messages API, Converse, and the resources of both. */
export const HARMLESS_FIELDS: ReadonlyMap<string, HarmlessForm> = /* @__PURE__ */ byName({
  any: "signature",
  id: `id batch_id container_id custom_id file_id message_id organization_id parent_id request_id requestId session_id
    skill_id toolUseId tool_use_id user_id workspace_id`,
  url: "url server_url results_url",
  date: `archived_at cancel_initiated_at createdAt created_at ended_at expires_at updatedAt updated_at`,
  text: `__type additionalModelRequestFields additionalModelResponseFields additionalModelResponseFieldPaths
    allowed_domains allowed_callers anthropic_beta anthropic_version action arn authenticationMethod
    betas blocked_domains budget_tokens
    cache_control cachePoint caller cited_text citations clientRequestToken  content contentBlockDelta contentType context context_management
    data_residency default_inference_geo delta description disable_parallel_tool_use display_name displayName document document_title
    edits effort enabled encoding_format enum error errorCode errorMessage event
    fault filename first_id format geo guardrailIdentifier guardrailVersion
    has_more inferenceConfig inferenceProfileArn inferenceProfileId inferenceProfileName inference_geo input_schema inputSchema instructions is_error isError
    json_schema jsonSchema  last_id latency level lastIndex limit max maxTokens max_tokens max_uses media_type mediaType  message Message messages metrics
    min mime_type mode model modelArn modelId modelName modelSource models modelSummaries name nextToken
     operation optional order output_config output_format page_range pattern performanceConfig placement policy position price_tier processing_status
    promptVariables prompt provider providerName purpose
    quality query_id ranges reason reasoningContent region requestMetadata requests required resource  retry role rule
    scope service service_tier serviceTier size  speed start status status_code statusCode stop stopReason stop_reason stopSequences stopSequence stop_sequence stop_sequences
    stream strict summary system
    tags task_type temperature text thinking thought title tokens tool toolChoice toolConfig toolResult toolSpec toolUse tool_choice tool_name tool_type tools top_k
    top_p topK topP toolset_name trace trigger ttl type types unit units usage
      variant version`,
});
