/** What stands for a client that does not say who it is. */
const NO_USER_AGENT = "(no user agent)";

const MAX_NAME_LENGTH = 100;

/** A product with a space in its name, as the SDKs of Anthropic write themselves: `AnthropicAws/JS 1.11.0`. */
const ANTHROPIC_SDK = /^(Anthropic\w{0,40}\/[A-Za-z]{1,20}) (\S+)/;

/** The provider package of the AI SDK, which comes after those that it is built on. */
const AI_SDK_PROVIDER = /(?:^| )(ai-sdk-(?!provider-utils)[\w-]{1,60}\/\S+)/;

/**
 * Name and version of a client, from its user agent: its first product, or the
 * one that tells most.
 *
 * Of `claude-cli/2.1.329 (external, sdk-cli)` that is `claude-cli/2.1.329`; `AnthropicAws/JS 1.11.0` is the whole of it.
 *
 * @param userAgent Value of the header, where one was sent.
 * @returns At most 100 characters; `(no user agent)` where there is none.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#name-user-agent | RFC 9110, section 10.1.5}
 */
export function clientName(userAgent: string | undefined): string {
  const text = userAgent?.trim() ?? "";
  if (text === "") return NO_USER_AGENT;
  const [, product, version] = ANTHROPIC_SDK.exec(text) ?? [];
  const name =
    product !== undefined ? `${product} ${version}` : (AI_SDK_PROVIDER.exec(text)?.[1] ?? text.split(" ", 1)[0] ?? "");
  return name.slice(0, MAX_NAME_LENGTH);
}
