import { type JsonShape, type KeptMembers, type KeptValue, walkJson } from "@claude-on-aws/fetch";
import {
  BOUNDED_CONTENT,
  CLIENT_TOOL_TOKENS,
  CLIENT_TOOLS,
  IMAGE_TOKENS,
  SEARCHES_OF_TOOL,
  TOOL_PROMPT_TOKENS,
} from "./bounded-content.ts";

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
  /** Whether it lets the model think: `unsaid` where the model decides. */
  readonly thinking: "off" | "on" | "unsaid";
  /** Whether the service may do more for it than a model does that answers once: run tools, or ask another model. */
  readonly hasFurtherWork: boolean;
  readonly webSearches: number;
  readonly isFast: boolean;
  /** What `inference_geo` says. */
  readonly inferenceGeo: string | null;
  /** Models that may answer besides the one that is asked, or are asked by it: those of `fallbacks`, and an advisor. */
  readonly otherModels: readonly string[];
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
 * @param isConverse Whether it is one of Converse, which has its own name for what is asked for at most, and passes over the other.
 * @returns What it says. One that is no JSON is not bounded, and may ask for anything.
 */
export function scanBody(body: Uint8Array, isConverse: boolean): BodyScan {
  const scan = new Scan(body, isConverse);
  if (walkJson(body, scan.shape)) return scan.result;
  const { webSearches } = scan.result;
  return { ...scan.result, ...UNREADABLE, webSearches: webSearches + SEARCHES_OF_TOOL };
}

/** Stands for a model that nobody knows, which costs as much as the dearest. */
const UNKNOWN_MODEL = "";

/** What a body may say that cannot be read. */
const UNREADABLE = {
  isBounded: false,
  maxTokens: null,
  thinking: "on",
  hasFurtherWork: true,
  isFast: true,
  inferenceGeo: null,
  otherModels: [UNKNOWN_MODEL],
} as const;

/** More models than this are none that the API takes. */
const MOST_MODELS = 16;

/** What names things that stand elsewhere, or brings another request with it. */
const UNBOUNDED_FIELDS = ["mcp_servers", "container", "fallbacks", "promptVariables"];
const ADDITIONAL = "additionalModelRequestFields";
/** Where a body says whether the model thinks; the second one is older. */
const THINKING_FIELDS = ["thinking", "reasoning_config"];
/** Fields of the Messages API that Converse passes on unread, and that are not looked into there. */
const UNBOUNDED_ADDITIONAL = [...UNBOUNDED_FIELDS, "tools", "context_management", "messages", "system"];
const BODY_FIELDS = [
  ...UNBOUNDED_FIELDS,
  ...THINKING_FIELDS,
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

const OPEN_BRACKET = 0x5b;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class Scan {
  readonly result: Mutable<Omit<BodyScan, "parts" | "otherModels">> & {
    readonly parts: { start: number; end: number }[];
    readonly otherModels: string[];
  } = {
    isBounded: true,
    imageBytes: 0,
    addedTokens: 0,
    maxTokens: null,
    thinking: "unsaid",
    hasFurtherWork: false,
    webSearches: 0,
    isFast: false,
    inferenceGeo: null,
    otherModels: [],
    model: null,
    parts: [],
  };
  readonly shape: JsonShape;
  readonly #body: Uint8Array;
  readonly #isConverse: boolean;
  #references = 0;
  #longestTool = 0;
  /** What an entry of `fallbacks` asks for in place of what the body does. */
  #overridingTokens = 0;
  #isOverridingSpeed = false;

  constructor(body: Uint8Array, isConverse: boolean) {
    this.#body = body;
    this.#isConverse = isConverse;
    this.shape = this.#bodyShape();
  }

  #bodyShape(): JsonShape {
    const content = this.#contentShape();
    const thinking = Object.fromEntries(THINKING_FIELDS.map((name) => [name, { keep: ["type"] }]));
    return {
      keep: BODY_FIELDS,
      into: {
        ...thinking,
        messages: { into: { content } },
        system: content,
        tools: { keep: ["type", "max_uses", "model"], done: this.#tool },
        fallbacks: { keep: ["model", "max_tokens", "speed"], done: this.#fallback },
        toolConfig: { into: { tools: { keep: ["toolSpec", "systemTool"], done: this.#converseTool } } },
        inferenceConfig: { keep: ["maxTokens"] },
        [ADDITIONAL]: {
          keep: ["max_tokens", "speed", ...THINKING_FIELDS, ...UNBOUNDED_ADDITIONAL],
          into: thinking,
        },
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
      if (all(name).some((value) => !this.#isEmpty(value))) this.#addWork();
    }
    if (UNBOUNDED_ADDITIONAL.some((name) => inside(ADDITIONAL, name).length > 0)) this.#addWork();
    const thinking = THINKING_FIELDS.flatMap((name) => [...all(name), ...inside(ADDITIONAL, name)]);
    result.thinking = this.#readThinking(thinking.filter((value) => !this.#isEmpty(value)));
    const fallbacks = [...all("fallbacks"), ...inside(ADDITIONAL, "fallbacks")].filter(
      (value) => !this.#isEmpty(value),
    );
    // `"default"` names models that only the service knows.
    const isNamed = result.otherModels.length > 0 && fallbacks.every(({ start }) => this.#body[start] === OPEN_BRACKET);
    if (fallbacks.length > 0 && !isNamed) this.#addModel(undefined);
    if (inside(ADDITIONAL, "fallbacks").length > 0) this.#addModel(undefined);
    if (all("tools").length + all("toolConfig").length > 0) result.addedTokens += TOOL_PROMPT_TOKENS;
    result.addedTokens += this.#references * this.#longestTool;
    const named = this.#isConverse
      ? [...inside("inferenceConfig", "maxTokens"), ...inside(ADDITIONAL, "max_tokens")]
      : all("max_tokens");
    // Beside one that cannot be read, no other one is what counts; without one it is the model's own.
    const limit = Math.max(this.#overridingTokens, ...named.map((value) => this.#number(value)));
    result.maxTokens = named.length === 0 || Number.isNaN(limit) ? null : limit;
    const speeds = [...all("speed"), ...inside(ADDITIONAL, "speed")];
    result.isFast = this.#isOverridingSpeed || speeds.some((value) => this.#isFast(value));
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
    for (const value of members.get("model") ?? []) this.#addModel(this.#word(value));
    if (typeof type === "string" && CLIENT_TOOLS.test(type)) {
      result.addedTokens += CLIENT_TOOL_TOKENS;
      return;
    }
    this.#addWork();
    if (typeof type === "string" && !type.startsWith("web_search")) return;
    const uses = (members.get("max_uses") ?? []).map((value) => this.#word(value));
    const isSaid = uses.length > 0 && uses.every((use) => typeof use === "number" && use >= 0);
    result.webSearches += isSaid ? Math.ceil(Math.max(...(uses as number[]))) : SEARCHES_OF_TOOL;
  };

  readonly #fallback = (members: KeptMembers): void => {
    const models = members.get("model") ?? [];
    if (models.length === 0) this.#addModel(undefined);
    for (const value of models) this.#addModel(this.#word(value));
    for (const value of members.get("max_tokens") ?? []) {
      if (!this.#isEmpty(value)) this.#overridingTokens = Math.max(this.#overridingTokens, this.#number(value));
    }
    if (members.get("speed")?.some((value) => this.#isFast(value)) === true) this.#isOverridingSpeed = true;
  };

  #addModel(model: unknown): void {
    const { otherModels } = this.result;
    const name = typeof model === "string" && otherModels.length < MOST_MODELS ? model : UNKNOWN_MODEL;
    if (!otherModels.includes(name)) otherModels.push(name);
  }

  readonly #converseTool = (members: KeptMembers, start: number, end: number): void => {
    this.#longestTool = Math.max(this.#longestTool, end - start);
    if (members.has("systemTool")) this.#addWork();
  };

  /** A compaction is an answer of its own that comes before the one that was asked for. */
  readonly #edit = (members: KeptMembers): void => {
    const type = this.#only(members.get("type") ?? []);
    if (typeof type !== "string" || !type.startsWith("clear_")) this.#addWork();
  };

  /** The service may do more for it than can be told from the body. */
  #addWork(): void {
    this.result.isBounded = false;
    this.result.hasFurtherWork = true;
  }

  #readThinking(values: readonly KeptValue[]): BodyScan["thinking"] {
    if (values.length === 0) return "unsaid";
    return values.every(({ members }) => this.#only(members?.get("type") ?? []) === "disabled") ? "off" : "on";
  }

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

  /** `NaN` where it is none. */
  #number(value: KeptValue): number {
    const word = this.#word(value);
    return typeof word === "number" ? word : Number.NaN;
  }

  #isFast(value: KeptValue): boolean {
    return this.#word(value) !== "standard" && !this.#isEmpty(value);
  }

  #isEmpty(value: KeptValue): boolean {
    const word = this.#word(value);
    return word === null || (Array.isArray(word) && word.length === 0);
  }
}
