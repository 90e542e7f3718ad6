/** The variables that name proxies, as a process has them. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the proxy of a URL: `HTTPS_PROXY`, unless `NO_PROXY` names the host. What goes over plain HTTP, to a gateway or a stand-in
 * nearby, goes there directly.
 *
 * @param env The environment; a name in lower case comes before the same in upper case.
 * @param url Where a request goes.
 * @returns The proxy; null where the request goes directly.
 * @throws {RangeError} The proxy is no URL.
 */
export function resolveProxy(env: ProxyEnvironment, url: URL): URL | null {
  if (url.protocol !== "https:") return null;
  const proxy = (env["https_proxy"] ?? env["HTTPS_PROXY"] ?? "").trim();
  if (proxy === "") return null;
  const exceptions = env["no_proxy"] ?? env["NO_PROXY"] ?? "";
  if (exceptions.split(/[\s,]+/).some((entry) => isNamed(entry.toLowerCase(), url))) return null;
  const text = proxy.includes("://") ? proxy : `http://${proxy}`;
  if (URL.canParse(text)) return new URL(text);
  throw new RangeError("Cannot use HTTPS_PROXY: it is no URL; expected one such as http://proxy.example:3128");
}

const PORT = /:([0-9]+)$/;

/** Whether an entry of `NO_PROXY` names a host: itself, what is below it, or everything. */
function isNamed(entry: string, { hostname, port }: URL): boolean {
  if (entry === "*") return true;
  const named = entry.replace(PORT, "").replace(/^\*?\./, "");
  if (named === "") return false;
  const wanted = PORT.exec(entry)?.[1];
  return (wanted === undefined || wanted === (port || "443")) && (hostname === named || hostname.endsWith(`.${named}`));
}
