import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { KeyFamily } from "@claude-on-aws/endpoints";
import type { Caller, Exchange, RequestedModel } from "../exchange/exchange.ts";
import type { KeptFault, KeptRoute } from "../record/kept-exchange.ts";
import type { FieldValue } from "../record/body-fields.ts";
import type { Secret } from "../redact/secrets.ts";
import type { AuthenticationKind } from "../terms/authentication-kind.ts";
import type { AnswerEvidence } from "./answer-evidence.ts";
import type { AskedPermissions } from "./asked-permissions.ts";
import type { ConversationEvidence } from "./conversation-evidence.ts";
import type { JournalEnd } from "./exchange-end.ts";
import type { JournalCheck } from "./redact-check.ts";
import type { TargetMark } from "./target-marks.ts";

/** Headers, in their order, without secrets. */
type RedactedHeaders = readonly (readonly [name: string, value: string])[];

/** What kind of access key a signature names: AWS begins those of users with `AKIA`, those of sessions with `ASIA`. */
export type AccessKeyKind = "long-term" | "temporary" | "other";

/** A signature, as far as the rules read it. */
export interface SignatureEvidence {
  readonly accessKey: AccessKeyKind;
  readonly region: string;
  readonly service: string;
  /** Names of the signed headers, in lower case. */
  readonly signedHeaders: readonly string[];
}

/** An API key that was presented, without the key. */
export interface KeyEvidence {
  readonly header: "authorization" | "x-api-key";
  readonly family: KeyFamily;
  /** Whether it has the form of a key at all: visible ASCII, and something of it. */
  readonly form: "key" | "empty" | "malformed";
}

/** How a request says who sent it. */
export interface AuthenticationEvidence {
  readonly kind: AuthenticationKind;
  /** The scheme of `Authorization`, where it may be shown; absent where there is no header, or no scheme. */
  readonly scheme?: string;
  /** Whether `Authorization` begins as a signature of AWS does, whatever follows. */
  readonly beginsAsSignature: boolean;
  /** Absent where there is none that can be read. */
  readonly signature?: SignatureEvidence;
  readonly hasSessionToken: boolean;
  readonly key?: KeyEvidence;
}

/** What is known of a body. */
export interface BodyEvidence {
  /** Length of the whole body. */
  readonly bytes: number;
  /** Whether the rest is about the whole body, and not about its beginning. */
  readonly isWhole: boolean;
  /** The body as text, without secrets, as far as it was kept. */
  readonly text: string;
  /** SHA-256 of what was kept, in hexadecimal. */
  readonly sha256: string;
  readonly isUtf8: boolean;
  readonly hasByteOrderMark: boolean;
  /** The first name that an object in it has twice; absent where there is none, or the body was cut. */
  readonly repeatedName?: string;
  /** The top level; absent where it is no JSON object, or was too long to be kept and never read. */
  readonly fields?: readonly (readonly [name: string, value: FieldValue])[];
}

/** Which kinds of secrets stood where. */
export interface SecretEvidence {
  readonly inTarget?: Secret["kind"];
  /** The first parameter of the query whose name says that it holds a secret. */
  readonly parameter?: string;
  /** Each header with a secret, those where it belongs too. */
  readonly inHeaders: readonly { readonly header: string; readonly kind: Secret["kind"] }[];
  readonly inBody?: Secret["kind"];
}

/**
 * An exchange without its secrets, and with all that the rules ask of it. It is
 * plain JSON: written down and read again, it is judged as it was before.
 */
export interface Evidence {
  /** `RULES_VERSION` of the fake that gathered it: of what rules it was made for. */
  readonly rulesVersion: number;
  /** Its place among all that were seen, from 0. */
  readonly seen: number;
  readonly id: string;
  /** When the request was received, ISO 8601. */
  readonly time: string;
  /** Name and version of the client, from its user agent. */
  readonly client: string;
  readonly provider: KeptRoute["provider"];
  /** Name of the operation; absent for a route that does not exist. */
  readonly operation?: string;
  readonly wire: "received" | "reconstructed";
  readonly request: {
    readonly method: string;
    readonly target: string;
    /** What is to be said of the target as it was sent. */
    readonly marks: readonly TargetMark[];
    readonly httpVersion: string;
    readonly headers: RedactedHeaders;
    /** Length of all headers as they were sent, with four bytes for what parts them. */
    readonly headerBytes: number;
    /** Names of headers that are not well formed. */
    readonly malformedHeaders: readonly string[];
    readonly bodyTooLarge?: true;
  };
  readonly body: BodyEvidence;
  /** What of its messages is found again in later requests; absent where it asks for no message. */
  readonly conversation?: ConversationEvidence;
  readonly authentication: AuthenticationEvidence;
  readonly secrets: SecretEvidence;
  /** Keyed, so that they tell what is the same and nothing else: nobody finds a secret by trying. */
  readonly fingerprints: {
    /** Of who the request claims to come from, whether or not it proved it. */
    readonly caller: string;
    /** Of client, session, method and target: what two attempts of one call have in common. */
    readonly call: string;
    /** Of client and session: what the requests of one program have in common, whatever they ask for. */
    readonly client: string;
  };
  /** Who was verified as the caller; absent where nobody was. */
  readonly caller?: Caller;
  /** What had to be allowed; absent where permissions were never asked. */
  readonly permissions?: AskedPermissions;
  /** The model that was asked for; absent where none was found. */
  readonly model?: RequestedModel;
  readonly checks: readonly JournalCheck[];
  /** Why the signature is wrong, where it is and the cause was found. */
  readonly diagnosis?: readonly Mistake[];
  readonly answeredBy?: Exclude<Exchange["answeredBy"], undefined>;
  /** The fault that a scenario asked for: how it was refused, or how it ended, says nothing against the client. */
  readonly fault?: KeptFault;
  /** The row of the scenario that answered it: its name, or its place. */
  readonly row?: string;
  readonly reply: {
    readonly status: number;
    readonly headers: RedactedHeaders;
    /** The beginning of its body as text; absent unless bodies of replies are kept. */
    readonly body?: string;
  };
  /** What of the answer is found again in later requests; absent where nothing of it can go wrong there. */
  readonly answer?: AnswerEvidence;
  /** How it ended; absent until it has, and where whoever sent the reply did not say. */
  readonly end?: JournalEnd;
}
