import { isObject } from "@claude-on-aws/endpoints";
import { type Fault, fault, isFault } from "../../terms/faults.ts";
import { findProblem } from "../../validate/schema/find-problem.ts";
import { fieldWords } from "../../validate/schema/problem-words.ts";
import { object, oneOf, type Schema, ANY } from "../../validate/schema/schema.ts";
import type { DataResidency, InferenceGeo, StoredWorkspace } from "../../stores/workspaces/stored-workspace.ts";

type Input = Readonly<Record<string, unknown>>;

const GEO = oneOf("global", "us");

const FIELDS: Readonly<Record<string, Schema>> = {
  name: { kind: "string" },
  display_color: { kind: "string", pattern: /^#[0-9A-Fa-f]{6}$/ },
  data_residency: object(
    { workspace_geo: oneOf("us"), allowed_inference_geos: ANY, default_inference_geo: GEO },
    { nullable: ["workspace_geo", "allowed_inference_geos", "default_inference_geo"], closed: true },
  ),
  tags: ANY,
  external_key_id: { kind: "string" },
  user_profile_id: { kind: "string" },
};

const NULLABLE = ["display_color", "data_residency", "tags", "external_key_id", "user_profile_id"];
const CREATED = object(FIELDS, { required: ["name"], nullable: NULLABLE, closed: true });
const UPDATED = object(FIELDS, { nullable: ["data_residency", "tags"], closed: true });

const MAX_NAME_CHARACTERS = 255;
const MAX_TAGS = 50;
const invalid = (message: string): Fault => fault("body-invalid", message);

/** What a body says of a workspace. */
export type WorkspaceChange = Pick<StoredWorkspace, "name" | "displayColor" | "dataResidency" | "tags">;

/**
 * Reads the body that creates a workspace, or changes one.
 *
 * @param before What it is so far, or what it is by default; `name` is missing where it is created.
 * @returns What the workspace is from now on, or the first thing that is wrong with the body.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces/create | Create Workspace}
 */
export function readWorkspace(
  input: Input,
  before: Omit<WorkspaceChange, "name"> & Partial<Pick<WorkspaceChange, "name">>,
): WorkspaceChange | Fault {
  const problem = findProblem(before.name === undefined ? CREATED : UPDATED, input, false);
  if (problem !== undefined) return invalid(fieldWords(problem));
  for (const name of ["external_key_id", "user_profile_id"]) {
    if (input[name] !== undefined && input[name] !== null) return invalid(`${name}: Not supported by this fake`);
  }
  const name = (input["name"] as string | undefined) ?? before.name ?? "";
  if (name === "" || name.length > MAX_NAME_CHARACTERS) {
    return invalid(`name: String should have 1 to ${MAX_NAME_CHARACTERS} characters`);
  }
  const tags = readTags(input["tags"], before.tags);
  if ("fault" in tags) return tags.fault;
  const residency = readResidency(input["data_residency"], before.dataResidency);
  if (isFault(residency)) return residency;
  const displayColor = (input["display_color"] as string | null | undefined) ?? before.displayColor;
  return { name, displayColor, dataResidency: residency, tags: tags.tags };
}

/** A tag that is `null` is taken away; the others are added. */
function readTags(
  given: unknown,
  before: Readonly<Record<string, string>>,
): { readonly tags: Readonly<Record<string, string>> } | { readonly fault: Fault } {
  const tags = new Map(Object.entries(before));
  if (given === undefined || given === null) return { tags: before };
  if (!isObject(given)) return { fault: invalid("tags: Input should be a valid dictionary") };
  for (const [key, value] of Object.entries(given)) {
    if (key.toLowerCase().startsWith("anthropic")) {
      return { fault: invalid("tags: Keys may not begin with `anthropic`") };
    }
    if (value === null) tags.delete(key);
    else if (typeof value === "string") tags.set(key, value);
    else return { fault: invalid(`tags.${key.slice(0, 100)}: Input should be a valid string`) };
  }
  if (tags.size > MAX_TAGS) return { fault: invalid(`tags: Dictionary should have at most ${MAX_TAGS} items`) };
  return { tags: Object.fromEntries(tags) };
}

const isGeo = (value: unknown): value is InferenceGeo => value === "global" || value === "us";

function readResidency(given: unknown, before: DataResidency): DataResidency | Fault {
  const { allowed_inference_geos: allowed, default_inference_geo: chosen } = isObject(given) ? given : {};
  if (allowed !== undefined && allowed !== null && allowed !== "unrestricted") {
    if (!Array.isArray(allowed) || allowed.length === 0 || !allowed.every(isGeo)) {
      return invalid(
        "data_residency.allowed_inference_geos: Input should be 'unrestricted' or a list of 'global', 'us'",
      );
    }
  }
  const geos = (allowed ?? before.allowed_inference_geos) as DataResidency["allowed_inference_geos"];
  const usual = (chosen ?? before.default_inference_geo) as InferenceGeo;
  if (geos !== "unrestricted" && !geos.includes(usual)) {
    return invalid("data_residency.default_inference_geo: Input should be one of allowed_inference_geos");
  }
  return { ...before, allowed_inference_geos: geos, default_inference_geo: usual };
}
