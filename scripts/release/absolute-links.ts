import { posix } from "node:path";
import { outsideOfCode } from "../documents/outside-of-code.ts";

/** A link or an image of Markdown: what stands in its brackets, where it leads, and a title. */
const LINK = /(?<image>!?)\[(?<text>(?:[^[\]]|\[[^\]]*\])*)\]\((?<target>[^\s()]+)(?<title>\s+"[^"]*")?\)/g;
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i;

/**
 * Makes the links of a README lead into the repository, whose folders a packed package does not have.
 *
 * @param markdown The README.
 * @param folder The folder that it stands in, from the root: `packages/auth`.
 * @param repository Address of the repository in a browser; empty leaves the links as they are.
 * @returns The README. Links to places in it and to other sites stay, and so does what is in code.
 */
export function absoluteLinks(markdown: string, folder: string, repository: string): string {
  if (repository === "") return markdown;
  return outsideOfCode(markdown, (line) =>
    line.replaceAll(LINK, (whole, ...parts) => {
      const { image, text, target, title = "" } = parts.at(-1) as Record<string, string>;
      if (target === undefined || ABSOLUTE.test(target)) return whole;
      // A picture within the text of a link.
      const inner = absoluteLinks(text ?? "", folder, repository);
      return `${image}[${inner}](${address(target, folder, repository, image === "!")}${title})`;
    }),
  );
}

function address(target: string, folder: string, repository: string, isImage: boolean): string {
  const [path = "", place] = target.split("#");
  const isFile = posix.extname(path) !== "";
  const view = isImage ? "raw" : isFile ? "blob" : "tree";
  const whole = posix.join(folder, path).replace(/\/$/, "");
  return `${repository}/${view}/main/${whole}${place === undefined ? "" : `#${place}`}`;
}

/**
 * Lists the links of a README that lead to a place in it, or to a file or a folder beside it.
 *
 * @param markdown The README.
 * @returns Where they lead, as they are written.
 */
export function internalTargets(markdown: string): readonly string[] {
  const found: string[] = [];
  outsideOfCode(markdown, (line) => {
    for (const { groups } of line.matchAll(LINK)) {
      found.push(...internalTargets(groups?.["text"] ?? ""));
      const target = groups?.["target"] ?? "";
      if (target.startsWith("#") || !ABSOLUTE.test(target)) found.push(target);
    }
    return line;
  });
  return found;
}
