/** An element: a text, or elements by name. What is `undefined` is left out. */
export type XmlContent = string | number | { readonly [name: string]: XmlContent | undefined };

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
};

/** What XML 1.0 cannot hold, even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/**
 * Text as it stands in XML. What XML cannot hold becomes U+FFFD.
 *
 * @see {@link https://www.w3.org/TR/xml/#charsets | Extensible Markup Language (XML) 1.0, characters}
 */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(FORBIDDEN, "\uFFFD")
    .replaceAll(/[&<>"'\r]/g, (letter) => ENTITIES[letter] ?? letter);

/** Writes an element and what it holds, indented as STS does. */
export function formatXml(name: string, content: XmlContent, namespace?: string, indent = ""): string {
  const open = `${indent}<${name}${namespace === undefined ? "" : ` xmlns="${escapeXml(namespace)}"`}>`;
  if (typeof content !== "object") return `${open}${escapeXml(String(content))}</${name}>\n`;
  const children = Object.entries(content).map(([child, value]) =>
    value === undefined ? "" : formatXml(child, value, undefined, `${indent}  `),
  );
  return `${open}\n${children.join("")}${indent}</${name}>\n`;
}
