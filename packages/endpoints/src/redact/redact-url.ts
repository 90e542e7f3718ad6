import { splitTarget } from "../split-target.ts";
import { HARMLESS_PARAMETERS } from "./harmless-names.ts";
import { hide } from "./hide.ts";
import { createForms } from "./forms.ts";
import { redactHost } from "./redact-host.ts";
import { redactPath, redactWord, redactWords, URL_BEGINNING } from "./redact-word.ts";

const redactForm = /* @__PURE__ */ createForms({
  text: (value) => redactWords(value),
  url: (value) => redactWords(value),
});

/**
 * Hides in a URL what may be a key or a token: what stands before the host, the values of parameters that are not known to be
 * harmless, the fragment, and parts of the host and of the path that look made up.
 *
 * @example Usage
 * ```ts
 * import { redactUrl } from "@claude-on-aws/endpoints";
 * import { match } from "node:assert/strict";
 *
 * match(redactUrl("https://me:pass@gateway.example/v1?team=blue"), /^https:\/\/‹7 characters #\w{4}›@gateway.example\/v1\?team=‹4 /);
 * ```
 *
 * @param url The URL, or what was meant as one.
 * @returns The URL; what is hidden is written as `hide` writes it.
 */
export function redactUrl(url: string): string {
  const [scheme = ""] = URL_BEGINNING.exec(url) ?? [];
  if (scheme === "") return url.startsWith("/") ? redactTarget(url) : redactHost(url);
  const rest = url.slice(scheme.length);
  const user = userWithSlashes(rest);
  if (user !== "")
    return `${scheme}${hide(user.slice(0, -1))}@${redactUrl(scheme + rest.slice(user.length)).slice(scheme.length)}`;
  const end = rest.search(/[/?#\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  return `${redactWord(scheme.slice(0, -3))}://${redactHost(authority)}${end < 0 ? "" : redactTarget(rest.slice(end))}`;
}

/**
 * What stands before the host, up to the sign that parts the two, where it holds slashes, which should have been encoded:
 * what follows its colon is no port.
 */
function userWithSlashes(rest: string): string {
  const end = rest.search(/[?#\s]/);
  const at = rest.lastIndexOf("@", end < 0 ? rest.length : end);
  const slash = rest.indexOf("/");
  const colon = rest.indexOf(":");
  if (at < 0 || slash < 0 || slash > at || colon < 0 || colon > slash) return "";
  return /^\d*$/.test(rest.slice(colon + 1, slash)) ? "" : rest.slice(0, at + 1);
}

/**
 * Hides in the target of a request what may be a key or a token.
 *
 * @param target Path and query, as they are on the wire; a whole URL too.
 * @returns The target: parts of the path that look made up are hidden, and parameters that are not known to be harmless.
 */
export function redactTarget(target: string): string {
  if (URL_BEGINNING.test(target)) return redactUrl(target);
  const hash = target.indexOf("#");
  const [before, fragment] = hash < 0 ? [target, ""] : [target.slice(0, hash), `#${hide(target.slice(hash + 1))}`];
  const { path, query } = splitTarget(before);
  const asked = before.length > path.length ? `?${redactQuery(query)}` : "";
  return redactPath(path) + asked + fragment;
}

/**
 * Hides the values of parameters.
 *
 * @param query A query, or a form, without the question mark; percent-encoding is left as it is.
 * @returns In its order. What is known to be harmless, and has the form that it should have, stays.
 */
export const redactQuery = (query: string): string =>
  query.replace(/[^&]+/g, (pair) => {
    const equals = pair.indexOf("=");
    if (equals < 0) return redactWord(pair);
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    return `${redactWord(name)}=${redactParameter(name, value)}`;
  });

function redactParameter(name: string, value: string): string {
  if (value === "") return value;
  const form = HARMLESS_PARAMETERS.get(decodeOnce(name));
  if (form === undefined) return hide(decodeOnce(value));
  const meant = decodeOnce(value);
  const shown = redactForm(form, meant);
  return shown === meant ? value : shown;
}

/** What a parameter means; as it stands where it means nothing. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
