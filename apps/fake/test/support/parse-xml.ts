/** An element of XML. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

const NAME = "[A-Za-z_][\\w.-]*";
const TAG = new RegExp(`^<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`);
const ATTRIBUTE = new RegExp(`(${NAME})="([^"<]*)"`, "g");
const ENTITY = /&(?:#(\d+)|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  // What XML 1.0 cannot hold.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text)) throw new SyntaxError("A forbidden character");
  return text.replace(ENTITY, (whole, code: string | undefined, name: string | undefined) => {
    if (whole === "&") throw new SyntaxError("An ampersand that is not escaped");
    return code === undefined ? (NAMED[name ?? ""] ?? "") : String.fromCodePoint(Number(code));
  });
}

/**
 * Reads an XML document of elements, attributes and text, and throws where it
 * is not well formed.
 */
export function parseXml(document: string): XmlElement {
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document)?.[0];
  if (declaration === undefined) throw new SyntaxError("No XML declaration");
  let rest = document.slice(declaration.length);
  const top: { children: XmlElement[]; text: string } = { children: [], text: "" };
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [];
  while (rest !== "") {
    const parent = open.at(-1) ?? top;
    const next = rest.indexOf("<");
    if (next !== 0) {
      parent.text += decode(next < 0 ? rest : rest.slice(0, next));
      rest = next < 0 ? "" : rest.slice(next);
      continue;
    }
    const [tag, slash, name = "", attributes = "", empty] = TAG.exec(rest) ?? [];
    if (tag === undefined) throw new SyntaxError(`No tag: ${rest.slice(0, 80)}`);
    rest = rest.slice(tag.length);
    if (slash === "/") {
      const closed = open.pop();
      if (closed?.name !== name) throw new SyntaxError(`Expected the end of ${closed?.name}, found that of ${name}`);
      (open.at(-1) ?? top).children.push(closed);
      continue;
    }
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => [key, decode(value)] as const);
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new SyntaxError(`An attribute twice in ${tag}`);
    const element = { name, attributes: Object.fromEntries(pairs), children: [], text: "" };
    if (empty === "/") parent.children.push(element);
    else open.push(element);
  }
  const [root, ...more] = top.children;
  if (open.length > 0 || root === undefined || more.length > 0 || top.text.trim() !== "") {
    throw new SyntaxError("Expected one element at the top");
  }
  return root;
}
