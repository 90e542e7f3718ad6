import { FakeError } from "../input/fake-error.ts";

/** Where the fake stands besides the hosts of AWS. */
export interface BaseUrl {
  /** Scheme, host and port, as a URL has them. */
  readonly origin: string;
  /** What stands before the paths of the service, without a slash at its end; empty where nothing does. */
  readonly path: string;
}

/**
 * Reads base URLs as a client is given them.
 *
 * @throws {FakeError} `CONFIGURATION_VALUE` where one is no URL of `http` or `https`, or has more than an origin and a path.
 */
export function parseBaseUrls(given: readonly string[]): readonly BaseUrl[] {
  return given.map((text, index) => parseBaseUrl(text, `baseUrls[${index}]`));
}

function parseBaseUrl(text: string, path: string): BaseUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) refuse(path, "no URL of http or https");
  // What it is called is not repeated: a password may stand in it.
  if (url.username !== "" || url.password !== "") refuse(path, "a URL with a user or a password");
  if (url.search !== "" || url.hash !== "") refuse(path, "a URL with a query or a fragment");
  return { origin: url.origin, path: withoutSlash(url.pathname) };
}

function refuse(path: string, found: string): never {
  throw new FakeError("CONFIGURATION_VALUE", {
    path,
    found,
    expected: "an origin and what stands before the paths of the service",
    fix: "write what the client is given as its base URL, such as https://gateway.example.com/claude",
  });
}

const withoutSlash = (path: string): string => (path.endsWith("/") ? path.slice(0, -1) : path);

/**
 * Finds the base URL that a URL begins with; of several, the longest.
 *
 * @returns `undefined` where it begins with none.
 */
export function findBaseUrl(baseUrls: readonly BaseUrl[], { origin, pathname }: URL): BaseUrl | undefined {
  let found: BaseUrl | undefined;
  for (const baseUrl of baseUrls) {
    const { path } = baseUrl;
    if (baseUrl.origin !== origin || (pathname !== path && !pathname.startsWith(`${path}/`))) continue;
    if (found === undefined || found.path.length < path.length) found = baseUrl;
  }
  return found;
}
