import { editBody } from "../body/edit-body.ts";
import type { Header } from "../header.ts";
import type { ApiRequest, Translation } from "../translate/translation.ts";
import type { Rewritten } from "./anthropic-dialect.ts";

/** The model that a service is asked for in place of the one that the client named. */
export interface ChosenModel {
  /** The id that the service takes. */
  readonly id: string;
  /** Why it is another one than the client's, in words that follow "because". */
  readonly reason: string;
  /** Values of `anthropic-beta` that the request needs for what the client asked for, such as `opus[1m]`. */
  readonly betas: readonly string[];
}

/**
 * Makes what writes a service's name of a model into requests, in the place of the client's: those bytes alone, and the betas
 * that it needs.
 *
 * @param chooseModel Names the model.
 * @returns A function that rewrites requests.
 */
export function createModelRewriter(chooseModel: (asked: string) => ChosenModel): (request: ApiRequest) => Rewritten {
  return ({ headers, body, fields }) => {
    const asked = fields.model?.value ?? null;
    if (asked === null || fields.model === null || !(body instanceof Uint8Array)) {
      return { headers, body, model: asked, translations: [] };
    }
    const { id, reason, betas } = chooseModel(asked);
    const added = addBetas(headers, betas);
    if (id === asked) return { headers: added.headers, body, model: id, translations: added.translations };
    const { start, end } = fields.model;
    const edited = editBody(body, [{ start, end, json: JSON.stringify(id) }]);
    const [range = null] = edited.ranges;
    const translation: Translation = {
      action: "set",
      subject: "body.model",
      place: null,
      before: asked,
      after: id,
      reason,
      range,
    };
    return {
      headers: added.headers,
      body: edited.body,
      model: id,
      translations: [...added.translations, translation],
    };
  };
}

const BETA = "anthropic-beta";

function addBetas(headers: readonly Header[], betas: readonly string[]): Pick<Rewritten, "headers" | "translations"> {
  const before = headers.find(([name]) => name === BETA)?.[1] ?? null;
  const there = new Set(before?.split(",").map((beta) => beta.trim()));
  const missing = betas.filter((beta) => !there.has(beta));
  if (missing.length === 0) return { headers, translations: [] };
  const after = [...(before === null ? [] : [before]), ...missing].join(",");
  const translation: Translation = {
    action: "set",
    subject: `header.${BETA}`,
    place: null,
    before,
    after,
    reason: "the model was asked for with a context window of 1M tokens",
    range: null,
  };
  return { headers: [...headers.filter(([name]) => name !== BETA), [BETA, after]], translations: [translation] };
}
