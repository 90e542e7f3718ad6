import type { JournalEntry } from "../../apps/fake/src/judge/journal-entry.ts";

/** What a client sent, without anything that is secret or that changes from run to run. */
export interface RequestSummary {
  /** Absent for a route that does not exist. */
  readonly operation?: string;
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** In the order and the case in which they were sent. */
  readonly headerNames: readonly string[];
  /** `SignedHeaders` of the signature; absent where there is none. */
  readonly signedHeaders?: readonly string[];
  readonly userAgent?: string;
  /** `anthropic-version` of the headers. */
  readonly anthropicVersion?: string;
  /** `anthropic-beta` of the headers, one by one. */
  readonly anthropicBeta: readonly string[];
  /** Absent where there is no body of JSON. */
  readonly body?: BodySummary;
  /** Status of the answer. */
  readonly status: number;
}

/** What a body says, apart from its texts. */
interface BodySummary {
  /** In the order in which they were sent. */
  readonly keys: readonly string[];
  readonly model?: string;
  readonly stream?: boolean;
  readonly anthropicVersion?: string;
  readonly anthropicBeta?: readonly string[];
  /** Role and kinds of content of each message: `user: text, text`. */
  readonly messages: readonly string[];
  readonly tools: readonly string[];
}

/** A message of a body, as far as it is read here. */
export interface BodyMessage {
  readonly role?: string;
  readonly content?: unknown;
}

interface Body {
  readonly model?: string;
  readonly stream?: boolean;
  readonly anthropic_version?: string;
  readonly anthropic_beta?: readonly string[];
  readonly messages?: readonly BodyMessage[];
  readonly tools?: readonly { readonly name?: string }[];
}

/** Sums up a request of the journal. */
export function summarizeRequest({ operation, request, reply }: JournalEntry): RequestSummary {
  const header = (name: string): string | undefined =>
    request.headers.find(([other]) => other.toLowerCase() === name)?.[1];
  const signedHeaders = /SignedHeaders=([^,\s]+)/.exec(header("authorization") ?? "")?.[1]?.split(";");
  const userAgent = header("user-agent");
  const anthropicVersion = header("anthropic-version");
  const body = parseBody(request.body);
  return {
    ...(operation === undefined ? {} : { operation }),
    method: request.method,
    target: request.target,
    httpVersion: request.httpVersion,
    headerNames: request.headers.map(([name]) => name),
    ...(signedHeaders && { signedHeaders }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(anthropicVersion === undefined ? {} : { anthropicVersion }),
    anthropicBeta: (header("anthropic-beta") ?? "").split(",").flatMap((flag) => flag.trim() || []),
    ...(body && { body: summarizeBody(body) }),
    status: reply.status,
  };
}

/** The messages of a request of the journal; none where its body is no JSON. */
export function requestMessages({ request }: JournalEntry): readonly BodyMessage[] {
  const messages = parseBody(request.body)?.messages;
  return Array.isArray(messages) ? messages : [];
}

function summarizeBody(body: Body): BodySummary {
  const { model, stream, anthropic_version, anthropic_beta, messages = [], tools = [] } = body;
  return {
    keys: Object.keys(body),
    ...(model === undefined ? {} : { model }),
    ...(stream === undefined ? {} : { stream }),
    ...(anthropic_version === undefined ? {} : { anthropicVersion: anthropic_version }),
    ...(anthropic_beta === undefined ? {} : { anthropicBeta: anthropic_beta }),
    messages: messages.map(({ role, content }) => `${role}: ${contentKinds(content)}`),
    tools: tools.map(({ name }) => name ?? ""),
  };
}

function contentKinds(content: unknown): string {
  if (typeof content === "string") return "(text)";
  return Array.isArray(content) ? content.map((block: { readonly type?: string }) => block.type).join(", ") : "(none)";
}

function parseBody(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}
