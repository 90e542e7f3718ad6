import type { Arn } from "./arn.ts";
import { BedrockError } from "./bedrock-error.ts";
import { formatArn } from "./format-arn.ts";

/**
 * The kinds of resource that an invocation can name.
 *
 * `sagemaker-endpoint` is a Marketplace model behind a SageMaker endpoint; all others are Bedrock's own.
 */
export type BedrockResourceKind = (typeof BEDROCK_KINDS)[number] | "sagemaker-endpoint";

/** A resource of Bedrock: its kind, and its name within the kind. */
export interface BedrockResource {
  readonly kind: BedrockResourceKind;
  /** What follows the first slash, such as `us.anthropic.claude-opus-5` or, of a custom model, `base/id`. */
  readonly id: string;
}

const BEDROCK_KINDS = [
  "foundation-model",
  "inference-profile",
  "application-inference-profile",
  "provisioned-model",
  "custom-model",
  "custom-model-deployment",
  "imported-model",
  "prompt",
  "prompt-router",
  "default-prompt-router",
  "guardrail",
] as const;

/**
 * Says what kind of Bedrock resource an ARN names.
 *
 * @example Usage
 * ```ts
 * import { parseArn, parseBedrockResource } from "@claude-on-aws/bedrock";
 * import { deepEqual } from "node:assert/strict";
 *
 * const arn = parseArn("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5");
 *
 * deepEqual(parseBedrockResource(arn), { kind: "foundation-model", id: "anthropic.claude-opus-5" });
 * ```
 *
 * @param arn The ARN's fields, as {@link parseArn} gives them.
 * @returns The kind, and the name after it.
 * @throws {BedrockError} `ARN_RESOURCE_KIND` where the service or the kind is none of these, or the name is empty.
 *
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html | Resource types of Amazon Bedrock}
 */
export function parseBedrockResource(arn: Arn): BedrockResource {
  const slash = arn.resource.indexOf("/");
  const kind = findKind(arn.service, arn.resource.slice(0, Math.max(slash, 0)));
  const id = arn.resource.slice(slash + 1);
  if (kind === undefined || id === "") {
    throw new BedrockError(
      "ARN_RESOURCE_KIND",
      formatArn(arn),
      "Cannot tell the Bedrock resource of",
      "expected a resource such as foundation-model/… or inference-profile/… of the service bedrock",
    );
  }
  return { kind, id };
}

function findKind(service: string, word: string): BedrockResourceKind | undefined {
  if (service === "bedrock") return BEDROCK_KINDS.find((kind) => kind === word);
  return service === "sagemaker" && word === "endpoint" ? "sagemaker-endpoint" : undefined;
}
