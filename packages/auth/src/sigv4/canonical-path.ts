import { encodeUriComponent } from "./encode-uri-component.ts";

/**
 * Brings a path, as it is on the wire, to its canonical form.
 *
 * Empty and dot segments are removed, a trailing slash stays, and each segment
 * is percent-encoded once more: every service but Amazon S3 requires that, so a
 * `:` becomes `%3A` and a `%3A` becomes `%253A`.
 *
 * A path that ends in `/.` or `/..` has no trailing slash, other than in RFC 3986. AWS's published test suite has such paths
 * only where nothing is left of them (`/example/..` is `/`); what AWS's own signers for JavaScript and Python make of the
 * others agrees with it, and with each other.
 *
 * @param path The path of the request target, without the query.
 * @returns The canonical URI.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export function canonicalPath(path: string): string {
  const segments: string[] = [];
  const given = path.split("/");
  for (const segment of given) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encodeUriComponent(segment));
  }
  const trailingSlash = segments.length > 0 && given.at(-1) === "" ? "/" : "";
  return `/${segments.join("/")}${trailingSlash}`;
}
