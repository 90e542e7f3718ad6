import { posix } from "node:path";
import type { SitePage } from "./site-pages.ts";

/** Where a link of a document leads on the site. */
export type ResolvedLink =
  | { readonly kind: "link"; readonly href: string }
  /** A file that has to be copied beside the pages. */
  | { readonly kind: "asset"; readonly href: string; readonly source: string }
  /** Something of the repository that the site does not have, while nobody knows the repository's address. */
  | { readonly kind: "nowhere" };

const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i;
const IMAGE = /\.(?:png|svg|jpe?g|gif|webp)$/i;

/**
 * Finds where a link of a document leads on the site.
 *
 * @param target The link as the document has it.
 * @param from The page of the document.
 * @param pages All pages.
 * @param repository Address of the repository in a browser; empty if it has none yet.
 * @returns A link from that page.
 */
export function resolveLink(
  target: string,
  from: SitePage,
  pages: readonly SitePage[],
  repository: string,
): ResolvedLink {
  if (ABSOLUTE.test(target)) return { kind: "link", href: target };
  const [path = "", place] = target.split("#");
  const hash = place === undefined ? "" : `#${place}`;
  const source = posix.join(posix.dirname(from.source), path).replace(/\/$/, "");
  const page = pages.find((each) => each.source === source || each.source === posix.join(source, "README.md"));
  const relativeTo = (to: string): string => posix.relative(posix.dirname(from.path), to);
  if (page !== undefined) return { kind: "link", href: `${relativeTo(page.path)}${hash}` };
  if (IMAGE.test(source)) return { kind: "asset", href: relativeTo(source), source };
  if (repository === "") return { kind: "nowhere" };
  const view = posix.extname(source) === "" ? "tree" : "blob";
  return { kind: "link", href: `${repository}/${view}/main/${source}${hash}` };
}
