import type { ServedModel } from "../models/served-models.ts";

/** An application inference profile as the fake keeps it. */
export interface ApplicationProfile {
  readonly id: string;
  readonly arn: string;
  readonly region: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly createdAt: Date;
  /** ARNs of the foundation models that it routes to. */
  readonly modelArns: readonly string[];
  readonly model: ServedModel;
  /** Sent by the client so that a repeated request makes no second profile. */
  readonly clientRequestToken?: string | undefined;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}
