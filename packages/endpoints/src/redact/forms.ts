import { isWorkspaceId } from "../workspace-id.ts";
import { UUID } from "./harmless-words.ts";
import { hide } from "./hide.ts";
import { redactHost } from "./redact-host.ts";
import { redactWords } from "./redact-word.ts";

/** What a value under a harmless name looks like. */
export type HarmlessForm =
  | "any"
  | "text"
  | "id"
  | "hash"
  | "host"
  | "url"
  | "date"
  | "credential"
  | "names"
  | "authorization"
  | "workspace";

/** In hexadecimal, or in base64 as checksums of 4, 16, 20 and 32 bytes are. */
const HASH =
  /^(?:[0-9a-f]{64}|[A-Za-z0-9+/]{6}==|[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{43}=|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]{1,60})$/;

/** As those of requests, traces, sessions and retries are. */
const ID =
  /^(?:(?:[A-Za-z]{1,20}[-_=:]){0,3}(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,40}|1-[0-9a-f]{8}-[0-9a-f]{24}|[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}))$/i;

/** How access key IDs begin, and how long they are at most. */
const ACCESS_KEY_ID = /^A[A-Z0-9]{3,31}$/;

const SIGNATURE = /^[0-9a-f]{64}$/;

/** How a value of each form is shown, but those that may hold URLs. */
const SHOW: Readonly<Record<Exclude<HarmlessForm, "text" | "url">, (value: string) => string>> = {
  any: (value) => value,
  id: (value) => (UUID.test(value) || ID.test(value) ? value : redactWords(value)),
  hash: (value) => (HASH.test(value) ? value : redactWords(value)),
  host: (value) => value.split(/(,? )/).map(redactHost).join(""),
  date: (value) => (/^\d{8}T\d{6}Z$/.test(value) ? value : redactWords(value)),
  names: (value) =>
    value
      .split(";")
      .map((name) => redactWords(name))
      .join(";"),
  credential: redactCredential,
  workspace: redactWorkspace,
  authorization: redactAuthorization,
};

/** What an ID of a workspace begins with, however wrong the rest of it is. */
const NEARLY_WORKSPACE = /^["'\s]*wrks?pc/i;

/** A key that somebody put in its place need not look like one. */
function redactWorkspace(value: string): string {
  if (isWorkspaceId(value)) return value;
  return NEARLY_WORKSPACE.test(value) ? redactWords(value) : hide(value);
}

/** How what may hold URLs is shown. */
export interface TextForms {
  readonly text: (value: string) => string;
  readonly url: (value: string) => string;
}

/**
 * Makes what shows a value as its form allows.
 *
 * @param texts How text and URLs are shown.
 * @returns A function that gives the value where it has the form; otherwise as much of it as free text shows.
 */
export function createForms(texts: TextForms): (form: HarmlessForm, value: string) => string {
  const show = { ...SHOW, ...texts };
  return (form, value) => show[form](value);
}

/** Access key ID and scope: the ID is no secret, but who mixes the two up sends the other. */
function redactCredential(value: string): string {
  const [, id = "", scope = ""] = /^(.*?)(\/\d{8}(?:\/.*)?)?$/s.exec(value) ?? [];
  return (
    (ACCESS_KEY_ID.test(id) ? id : redactWords(id)) +
    scope
      .split("/")
      .map((part) => redactWords(part))
      .join("/")
  );
}

const SIGV4 = /^(AWS4-[A-Z0-9-]{1,40}) (.*)$/s;
const SCHEME = /^([A-Za-z][A-Za-z0-9-]{0,31}) +(?=.)/;

/** A signature proves that somebody has a secret, and does not contain it. Of everything else the scheme is shown. */
function redactAuthorization(value: string): string {
  const [, algorithm, parameters = ""] = SIGV4.exec(value) ?? [];
  if (algorithm !== undefined)
    return `${algorithm} ${parameters
      .split(/(,\s*)/)
      .map(redactSigV4Parameter)
      .join("")}`;
  const [scheme = ""] = SCHEME.exec(value) ?? [];
  const rest = value.slice(scheme.length);
  return redactWords(scheme) + (rest === "" ? "" : hide(rest));
}

function redactSigV4Parameter(parameter: string): string {
  const [, space = "", name = "", value = ""] = /^(\s*)([A-Za-z]{1,20})=(.*)$/s.exec(parameter) ?? [];
  if (name === "Credential") return `${space}${name}=${redactCredential(value)}`;
  if (name === "SignedHeaders") return `${space}${name}=${SHOW.names(value)}`;
  if (name === "Signature") return `${space}${name}=${SIGNATURE.test(value) || value.length < 8 ? value : hide(value)}`;
  return redactWords(parameter);
}
