import {
  BOUNDED_CONTENT,
  CLIENT_TOOL_TOKENS,
  CLIENT_TOOLS,
  IMAGE_TOKENS,
  SEARCHES_OF_TOOL,
  TOOL_PROMPT_TOKENS,
} from "./bounded-content.ts";
import { type JsonShape, type KeptMembers, type KeptValue, walkJson } from "./walk-json.ts";

/** What a body says of its cost. */
export interface BodyScan {
  /** Whether what it costs can be told from it; false where it names what stands elsewhere. */
  readonly isBounded: boolean;
  /** Bytes that are no text: images. */
  readonly imageBytes: number;
  /** Tokens of what is no text of the body: images, and what the service adds. */
  readonly addedTokens: number;
  /** The most that it asks for, by whichever field; null where none does. */
  readonly maxTokens: number | null;
  readonly webSearches: number;
  readonly isFast: boolean;
  /** What `inference_geo` says. */
  readonly inferenceGeo: string | null;
  readonly model: string | null;
  /** Where the bodies of a batch stand. */
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

/** Values longer than this are none that the API has. */
const LONGEST_WORD = 512;
const utf8 = /* @__PURE__ */ new TextDecoder();

/**
 * Reads what decides about the cost of a body: of the Messages API, of InvokeModel, of Converse, or of a batch.
 *
 * @param body The body. Each byte is looked at twice at most.
 * @returns What it says. One that is no JSON is not bounded.
 */
export function scanBody(body: Uint8Array): BodyScan {
  const scan = new Scan(body);
  const isWhole = walkJson(body, scan.shape);
  return { ...scan.result, isBounded: isWhole && scan.result.isBounded };
}

/** What names things that stand elsewhere, or brings another request with it. */
const UNBOUNDED_FIELDS = ["mcp_servers", "container", "fallbacks", "promptVariables"];
const ADDITIONAL = "additionalModelRequestFields";
const BODY_FIELDS = [
  ...UNBOUNDED_FIELDS,
  ADDITIONAL,
  "model",
  "max_tokens",
  "inferenceConfig",
  "speed",
  "inference_geo",
  "tools",
  "toolConfig",
];
/** Content of Converse that may stand for more than it says. */
const UNBOUNDED_CONTENT = ["document", "video", "audio", "searchResult"];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class Scan {
  readonly result: Mutable<Omit<BodyScan, "parts">> & { readonly parts: { start: number; end: number }[] } = {
    isBounded: true,
    imageBytes: 0,
    addedTokens: 0,
    maxTokens: null,
    webSearches: 0,
    isFast: false,
    inferenceGeo: null,
    model: null,
    parts: [],
  };
  readonly shape: JsonShape;
  readonly #body: Uint8Array;
  #references = 0;
  #longestTool = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
    this.shape = this.#bodyShape();
  }

  #bodyShape(): JsonShape {
    const content = this.#contentShape();
    return {
      keep: BODY_FIELDS,
      into: {
        messages: { into: { content } },
        system: content,
        tools: { keep: ["type", "max_uses"], done: this.#tool },
        toolConfig: { into: { tools: { keep: ["toolSpec", "systemTool"], done: this.#converseTool } } },
        inferenceConfig: { keep: ["maxTokens"] },
        [ADDITIONAL]: { keep: ["max_tokens", "tools", "mcp_servers"] },
        context_management: { into: { edits: { keep: ["type"], done: this.#edit } } },
        requests: { keep: ["params"], done: this.#part },
      },
      done: this.#whole,
    };
  }

  #contentShape(): JsonShape {
    const inner: { [Name in keyof JsonShape]: JsonShape[Name] } & { into: Record<string, JsonShape> } = {
      keep: ["type", "source", "image", ...UNBOUNDED_CONTENT],
      into: {
        source: { keep: ["type", "data"] },
        image: { keep: ["source"], into: { source: { keep: ["bytes"] } } },
        guardContent: { keep: ["image"], done: this.#guarded },
      },
      done: this.#content,
    };
    inner.into["content"] = inner;
    inner.into["toolResult"] = { into: { content: inner } };
    return inner;
  }

  readonly #whole = (members: KeptMembers): void => {
    const { result } = this;
    const all = (name: string): readonly KeptValue[] => members.get(name) ?? [];
    const inside = (name: string, inner: string): readonly KeptValue[] =>
      all(name).flatMap((value) => value.members?.get(inner) ?? []);
    for (const name of UNBOUNDED_FIELDS) {
      if (all(name).some((value) => !this.#isEmpty(value))) result.isBounded = false;
    }
    if (inside(ADDITIONAL, "tools").length + inside(ADDITIONAL, "mcp_servers").length > 0) result.isBounded = false;
    if (all("tools").length + all("toolConfig").length > 0) result.addedTokens += TOOL_PROMPT_TOKENS;
    result.addedTokens += this.#references * this.#longestTool;
    const limits = [
      ...all("max_tokens"),
      ...inside("inferenceConfig", "maxTokens"),
      ...inside(ADDITIONAL, "max_tokens"),
    ].map((value) => this.#word(value));
    for (const limit of limits) {
      if (typeof limit === "number") result.maxTokens = Math.max(result.maxTokens ?? 0, limit);
    }
    result.isFast = all("speed").some((value) => this.#word(value) !== "standard" && !this.#isEmpty(value));
    const geos = all("inference_geo").map((value) => this.#word(value));
    result.inferenceGeo = geos.length === 1 && typeof geos[0] === "string" ? geos[0] : null;
    const models = all("model").map((value) => this.#word(value));
    result.model = models.length === 1 && typeof models[0] === "string" ? models[0] : null;
  };

  readonly #content = (members: KeptMembers): void => {
    const types = members.get("type") ?? [];
    const type = types.length === 0 ? null : this.#only(types);
    const image = this.#imageData(members, type);
    if (image !== null) {
      this.result.imageBytes += image.end - image.start;
      this.result.addedTokens += IMAGE_TOKENS;
    } else if (type === "image" || members.has("image")) this.result.isBounded = false;
    if (type === "tool_reference") this.#references += 1;
    if (types.length > 0 && (typeof type !== "string" || !BOUNDED_CONTENT.has(type))) this.result.isBounded = false;
    if (UNBOUNDED_CONTENT.some((name) => members.has(name))) this.result.isBounded = false;
  };

  readonly #guarded = (members: KeptMembers): void => {
    if (members.has("image")) this.result.isBounded = false;
  };

  /** The base64 of an image that is an image for whoever reads the body, whichever of two equal names that reader takes. */
  #imageData(members: KeptMembers, type: unknown): KeptValue | null {
    const isConverse = type === null;
    if (!isConverse && type !== "image") return null;
    const holders = members.get(isConverse ? "image" : "source") ?? [];
    if (holders.length !== 1) return null;
    const sources = isConverse ? (holders[0]?.members?.get("source") ?? []) : holders;
    const source = sources.length === 1 ? sources[0]?.members : null;
    if (source === null || source === undefined) return null;
    if (!isConverse && this.#only(source.get("type") ?? []) !== "base64") return null;
    const data = source.get(isConverse ? "bytes" : "data") ?? [];
    return data.length === 1 ? (data[0] ?? null) : null;
  }

  readonly #tool = (members: KeptMembers, start: number, end: number): void => {
    const { result } = this;
    this.#longestTool = Math.max(this.#longestTool, end - start);
    const types = members.get("type") ?? [];
    const type = types.length === 0 ? "custom" : this.#only(types);
    if (type === "custom") return;
    if (typeof type === "string" && CLIENT_TOOLS.test(type)) {
      result.addedTokens += CLIENT_TOOL_TOKENS;
      return;
    }
    result.isBounded = false;
    if (typeof type === "string" && !type.startsWith("web_search")) return;
    const uses = this.#only(members.get("max_uses") ?? []);
    result.webSearches += typeof uses === "number" && uses >= 0 ? Math.ceil(uses) : SEARCHES_OF_TOOL;
  };

  readonly #converseTool = (members: KeptMembers, start: number, end: number): void => {
    this.#longestTool = Math.max(this.#longestTool, end - start);
    if (members.has("systemTool")) this.result.isBounded = false;
  };

  /** A compaction is an answer of its own that comes before the one that was asked for. */
  readonly #edit = (members: KeptMembers): void => {
    const type = this.#only(members.get("type") ?? []);
    if (typeof type !== "string" || !type.startsWith("clear_")) this.result.isBounded = false;
  };

  readonly #part = (members: KeptMembers): void => {
    for (const { start, end } of members.get("params") ?? []) this.result.parts.push({ start, end });
  };

  /** The value of a name that stands once. */
  #only(values: readonly KeptValue[]): unknown {
    return values.length === 1 && values[0] !== undefined ? this.#word(values[0]) : undefined;
  }

  #word({ start, end }: KeptValue): unknown {
    if (end - start > LONGEST_WORD) return undefined;
    try {
      return JSON.parse(utf8.decode(this.#body.subarray(start, end))) as unknown;
    } catch {
      return undefined;
    }
  }

  #isEmpty(value: KeptValue): boolean {
    const word = this.#word(value);
    return word === null || (Array.isArray(word) && word.length === 0);
  }
}
