import { adviseModels } from "../../models/advise-models.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { type Fault, fault } from "../../terms/faults.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import { pathId } from "../../exchange/path-id.ts";
import { canonicalId, findOnMessagesApi, type ServedModel, servedModels } from "../../models/served-models.ts";

const MAX_LIMIT = 1000;
const DEFAULT_LIMIT = 20;

const describe = (model: ServedModel): object => ({
  type: "model",
  id: canonicalId(model),
  display_name: model.displayName,
  created_at: model.createdAt,
});

/**
 * Answers ListModels, a page at a time.
 *
 * @returns A page of models, or what is wrong with the query.
 * @see {@link https://platform.claude.com/docs/en/api/models-list | List models}
 */
export function listModels({ route }: Exchange, { models }: FakeSettings): object | Fault {
  const { query } = route;
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    return fault("body-invalid", `limit: Input should be a whole number from 1 to ${MAX_LIMIT}`);
  }
  const all = servedModels(models).filter(({ onMessagesApi }) => onMessagesApi);
  const after = positionOf(all, query.get("after_id"));
  const before = positionOf(all, query.get("before_id"));
  if (after === undefined || before === undefined) {
    return fault("body-invalid", "after_id and before_id: Input should be the ID of a model in the list");
  }
  // `before_id` asks for the page that ends there, `after_id` for the one that begins after it.
  const end = before === -1 ? all.length : before;
  const start = before === -1 ? after + 1 : Math.max(after + 1, end - limit);
  const page = all.slice(start, Math.min(end, start + limit));
  const more = before === -1 ? start + page.length < all.length : start > 0;
  const [first, last] = [page[0], page.at(-1)];
  return {
    data: page.map(describe),
    has_more: more,
    first_id: first ? canonicalId(first) : null,
    last_id: last ? canonicalId(last) : null,
  };
}

/** -1 where no ID is given, `undefined` where it names no model. */
function positionOf(all: readonly ServedModel[], id: string | null): number | undefined {
  if (id === null) return -1;
  const position = all.findIndex((model) => model.id === id || model.datedId === id);
  return position < 0 ? undefined : position;
}

/**
 * Answers GetModel.
 *
 * @returns The model as the service describes it, or `model-unknown`.
 * @see {@link https://platform.claude.com/docs/en/api/models | Get a model}
 */
export function getModel(exchange: Exchange, { models }: FakeSettings): object | Fault {
  const id = pathId(exchange);
  const model = findOnMessagesApi(id, models);
  if (model !== undefined) return describe(model);
  const isTaken = (each: string): boolean => findOnMessagesApi(each, models) !== undefined;
  return fault("model-unknown", `model: ${id}`, adviseModels(id, { provider: "anthropic-aws", region: null }, isTaken));
}
