import type { Manifest } from "../shared/read-members.ts";
import type { ProjectOrigin } from "./project-origin.ts";

/**
 * Adds to the package.json of a member where it comes from, as npm shows it.
 *
 * @param manifest The package.json.
 * @param folder The member's folder from the root, such as `packages/auth`.
 * @returns With `author`, and, where the repository has an address, `repository`, `homepage` and `bugs`.
 */
export function withOrigin(manifest: Manifest, folder: string, { author, repository }: ProjectOrigin): object {
  if (repository === "") return { ...manifest, author };
  return {
    ...manifest,
    author,
    homepage: `${repository}/tree/main/${folder}#readme`,
    repository: { type: "git", url: `git+${repository}.git`, directory: folder },
    bugs: { url: `${repository}/issues` },
  };
}
