import type { ContextValue } from "@claude-on-aws/auth/iam";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import type { KeyTerm } from "@claude-on-aws/endpoints";
import type { ApplicationProfile } from "../settings/application-profile.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ProfileStore } from "../stores/bedrock/profile-store.ts";
import type { StoredWorkspace } from "../stores/workspaces/stored-workspace.ts";
import type { Operation } from "./operation.ts";

/** What of a request decides which permissions it takes. */
export interface PermissionRequest {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: WireRequest["headers"];
  readonly receivedAt: Date;
  /** The region in which it is; a default where nothing names one. */
  readonly region: string;
  /** The region of its host, or of the fake; absent where only the signature names one. */
  readonly hostRegion: string | undefined;
  /** Absent where it is signed. */
  readonly keyTerm: KeyTerm | undefined;
  /** Its body as JSON; `undefined` where it is no object. */
  readonly body: () => Readonly<Record<string, unknown>> | undefined;
  /** The model that was found for it, where that was recorded. */
  readonly model?: string | undefined;
}

/** Settings by which permissions are worked out. */
export type PermissionSettings = Pick<FakeSettings, "accountId" | "facts" | "models" | "workspaceRegions">;

/** What clients made, as far as permissions depend on it. */
export interface KnownResources {
  readonly profiles: Pick<ProfileStore, "find" | "isDeleted">;
  readonly workspaces: { kept(id: string): Partial<Pick<StoredWorkspace, "region" | "tags">> | undefined };
}

/** One permission that a request takes. */
export interface RequiredPermission {
  /** Action with its service prefix. */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** Values of condition keys. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** Something that a request acts on, and what of the context is about it alone. */
export interface Touched {
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/**
 * What the permissions of a request depend on besides the request and the
 * options of the fake, as it was when they were asked: the journal keeps it,
 * since what clients made may be gone when somebody reads.
 */
export interface PermissionState {
  /** Condition keys of the principal; absent where nobody's policies decide. */
  readonly principal?: Readonly<Record<string, ContextValue>>;
  /** The application inference profile that the path names. */
  readonly profile?: ApplicationProfile;
  /** Set where the path names one that was deleted. */
  readonly profileIsDeleted?: true;
  /** The region of a workspace that a client made, and the tags of one. */
  readonly workspace?: Partial<Pick<StoredWorkspace, "region" | "tags">>;
  /** What permissions depend on of a body that is longer than what the journal keeps. */
  readonly body?: Readonly<Record<string, unknown>>;
}
