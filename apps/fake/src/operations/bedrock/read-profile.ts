import { isObject } from "@claude-on-aws/endpoints";
import { type Fault, fault } from "../../terms/faults.ts";
import { constraint } from "../../terms/constraint.ts";
import type { ApplicationProfile } from "../../settings/application-profile.ts";

/** What a body says of the profile that it asks for. */
export interface AskedProfile extends Pick<ApplicationProfile, "name" | "description" | "clientRequestToken" | "tags"> {
  /** ARN of a foundation model, or of a system-defined inference profile. */
  readonly copyFrom: string;
}

/** What a text must be, as the service model says it. */
interface TextRule {
  readonly maxLength: number;
  readonly pattern: RegExp;
}

const NAME: TextRule = { maxLength: 64, pattern: /^(?:[0-9a-zA-Z][ _-]?)+$/ };
const DESCRIPTION: TextRule = { maxLength: 200, pattern: /^(?:[0-9a-zA-Z:.][ _-]?)+$/ };
// The service model writes `[a-zA-Z0-9](-*[a-zA-Z0-9])*`, which is the same.
const TOKEN: TextRule = { maxLength: 256, pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/ };
const TAG_KEY: TextRule = { maxLength: 128, pattern: /^[a-zA-Z0-9\s._:/=+@-]+$/ };
const TAG_VALUE: TextRule = { maxLength: 256, pattern: /^[a-zA-Z0-9\s._:/=+@-]*$/ };
const SOURCE: TextRule = { maxLength: 2048, pattern: /^arn:aws[a-z-]*:bedrock:/ };

const MAX_TAGS = 50;

/**
 * Reads the body of CreateInferenceProfile.
 *
 * @returns What it asks for, or the first thing that is wrong with it.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateInferenceProfile.html | CreateInferenceProfile}
 */
export function readProfile(input: Readonly<Record<string, unknown>>): AskedProfile | Fault {
  const { inferenceProfileName: name, description, clientRequestToken, modelSource, tags = [] } = input;
  const copyFrom = isObject(modelSource) ? modelSource["copyFrom"] : undefined;
  const wrong =
    findWrong(name, "inferenceProfileName", NAME) ??
    (description === undefined ? undefined : findWrong(description, "description", DESCRIPTION)) ??
    (clientRequestToken === undefined ? undefined : findWrong(clientRequestToken, "clientRequestToken", TOKEN)) ??
    findWrong(copyFrom, "modelSource.copyFrom", SOURCE) ??
    findWrongTag(tags);
  if (wrong !== undefined) return wrong;
  return {
    name: name as string,
    description: description as string | undefined,
    clientRequestToken: clientRequestToken as string | undefined,
    copyFrom: copyFrom as string,
    tags: tags as AskedProfile["tags"],
  };
}

function findWrong(value: unknown, at: string, { maxLength, pattern }: TextRule): Fault | undefined {
  if (value === undefined || value === null) return constraint(value, at, "Member must not be null");
  if (typeof value !== "string") return constraint(value, at, "Member must be a string");
  if (value.length > maxLength) {
    return constraint(value, at, `Member must have length less than or equal to ${maxLength}`);
  }
  if (pattern.test(value)) return undefined;
  return constraint(
    value,
    at,
    `Member must satisfy regular expression pattern: ${pattern.source.replaceAll("?:", "")}`,
  );
}

function findWrongTag(tags: unknown): Fault | undefined {
  if (!Array.isArray(tags)) return constraint(tags, "tags", "Member must be a list");
  if (tags.length > MAX_TAGS) {
    return fault("too-many-tags", `The request has ${tags.length} tags; a resource can have at most ${MAX_TAGS}.`);
  }
  for (const [index, tag] of tags.entries()) {
    const { key, value } = isObject(tag) ? tag : {};
    const at = `tags.${index + 1}.member`;
    const wrong = findWrong(key, `${at}.key`, TAG_KEY) ?? findWrong(value, `${at}.value`, TAG_VALUE);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
