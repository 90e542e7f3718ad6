import type { Member } from "../shared/read-members.ts";

/** A member as packed. */
export interface PackedPackage {
  readonly member: Member;
  /** Path of the packed file. */
  readonly tarball: string;
  /** The folder in which its files lie unpacked, as they are published. */
  readonly opened: string;
}
