import { escapeXml } from "../../text/escape-xml.ts";

/** An element: a text, or elements by name. What is `undefined` is left out. */
export type XmlContent = string | number | { readonly [name: string]: XmlContent | undefined };

/**
 * Writes an element and what it holds, indented as STS does.
 *
 * @param name Its name.
 * @param content What it holds.
 * @param namespace Its namespace; left out, that of the element around it.
 * @param indent What stands before it on its line.
 * @returns Lines, each with its line feed.
 */
export function formatXml(name: string, content: XmlContent, namespace?: string, indent = ""): string {
  const open = `${indent}<${name}${namespace === undefined ? "" : ` xmlns="${escapeXml(namespace)}"`}>`;
  if (typeof content !== "object") return `${open}${escapeXml(String(content))}</${name}>\n`;
  const children = Object.entries(content).map(([child, value]) =>
    value === undefined ? "" : formatXml(child, value, undefined, `${indent}  `),
  );
  return `${open}\n${children.join("")}${indent}</${name}>\n`;
}
