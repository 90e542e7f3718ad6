/** Where inference may run. */
export type InferenceGeo = "global" | "us";

/** Where the data of a workspace is, and where its inference may run. */
export interface DataResidency {
  readonly workspace_geo: "us";
  readonly allowed_inference_geos: readonly InferenceGeo[] | "unrestricted";
  readonly default_inference_geo: InferenceGeo;
}

/** A workspace as the fake keeps it. */
export interface StoredWorkspace {
  readonly id: string;
  readonly name: string;
  /** The one region through which it is reached; absent where it is not bound to one. */
  readonly region?: string | undefined;
  readonly createdAt: Date;
  readonly archivedAt?: Date | undefined;
  readonly displayColor: string;
  readonly dataResidency: DataResidency;
  readonly tags: Readonly<Record<string, string>>;
}

/** What a workspace has where nothing else is said. */
export const WORKSPACE_DEFAULTS: Pick<StoredWorkspace, "displayColor" | "dataResidency" | "tags"> = {
  displayColor: "#6C5BB9",
  dataResidency: {
    workspace_geo: "us",
    allowed_inference_geos: "unrestricted",
    default_inference_geo: "global",
  },
  tags: {},
};

/**
 * Describes a workspace as the service does.
 *
 * @returns An object of JSON.
 * @see {@link https://platform.claude.com/docs/en/api/organization/workspaces | Workspaces}
 */
export const describeWorkspace = (workspace: StoredWorkspace): object => ({
  type: "workspace",
  id: workspace.id,
  name: workspace.name,
  created_at: workspace.createdAt.toISOString(),
  archived_at: workspace.archivedAt?.toISOString() ?? null,
  display_color: workspace.displayColor,
  compartment_id: workspace.id.replace("wrkspc_", "cmpt_"),
  data_residency: workspace.dataResidency,
  external_key_id: null,
  tags: workspace.tags,
  user_profile_id: null,
});
