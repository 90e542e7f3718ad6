import { type JsonShape, type KeptMembers, type KeptValue, walkJson } from "@claude-on-aws/fetch";

/**
 * Members that hold what is the client's own: what a tool is called with and gives back, schemas, words about the request. What is called
 * `model` in there is nobody's model.
 *
 * Source: the requests of https://platform.claude.com/docs/en/api/messages and
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html, November 2026.
 */
const OF_THE_CLIENT: Readonly<Record<string, JsonShape>> = /* @__PURE__ */ Object.fromEntries(
  ["input", "input_schema", "input_examples", "inputSchema", "json", "metadata", "requestMetadata", "schema"].map(
    (name) => [name, {}],
  ),
);

/** A longer name is no model's. */
const LONGEST_NAME = 4_096;

/** So many names are more than any request has. */
const MOST_NAMES = 64;

const utf8 = /* @__PURE__ */ new TextDecoder();

/**
 * Finds every model that a body names, wherever it stands: the one that is asked for, the one of an advisor, those to fall back to, and what
 * comes after these.
 *
 * @param body The body of a request. Each byte is looked at twice at most.
 * @returns The names, each once; `undefined` where one could not be read as others read it, or is left to the service.
 * @see {@link https://platform.claude.com/docs/en/agents-and-tools/tool-use/advisor-tool | Advisor tool}
 */
export function findNamedModels(body: Uint8Array): readonly string[] | undefined {
  const names = new Set<string>();
  let isReadable = true;
  const read = ({ start, end }: KeptValue): unknown => {
    try {
      return end - start > LONGEST_NAME ? undefined : (JSON.parse(utf8.decode(body.subarray(start, end))) as unknown);
    } catch {
      return undefined;
    }
  };
  const done = (members: KeptMembers): void => {
    const models = members.get("model") ?? [];
    // Of two equal names not everybody reads the same one.
    if (models.length > 1) isReadable = false;
    const name = models[0] === undefined ? null : read(models[0]);
    if (typeof name === "string" && names.size < MOST_NAMES) names.add(name);
    else if (name !== null) isReadable = false;
    // As a word in place of a list, it says that the service picks the models.
    for (const { start } of members.get("fallbacks") ?? []) if (body[start] === QUOTE) isReadable = false;
  };
  const shape: { -readonly [Name in keyof JsonShape]: JsonShape[Name] } = {
    keep: ["model", "fallbacks"],
    into: OF_THE_CLIENT,
    done,
  };
  shape.others = shape;
  return walkJson(body, shape) && isReadable ? [...names] : undefined;
}

const QUOTE = 0x22;
