const SENTENCE = /^.*?[.!?](?=\s+[A-Z`*]|\s*$)/s;
const LINK = /\{@link\s+(?<target>[^}\s]+)\s*\}/g;

/**
 * Takes the first sentence of a docstring, on one line, with links as code.
 *
 * @param name Whose docstring it is.
 * @param text What the docstring says before its first tag.
 * @throws {TypeError} It does not begin with a sentence.
 */
export function firstSentence({ name, text }: { readonly name: string; readonly text: string }): string {
  const [paragraph = ""] = text.split("\n\n");
  const sentence = SENTENCE.exec(paragraph.trim())?.[0];
  if (sentence === undefined) {
    throw new TypeError(`Cannot list ${name}: found no sentence, expected its docstring to begin with one`);
  }
  return sentence.replaceAll(LINK, "`$<target>`").replaceAll(/\s+/g, " ");
}
