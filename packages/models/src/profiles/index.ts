/**
 * Where models are served, and under which ids, without the tables of what they take: the same as in the main entry, for who loads
 * those later or never.
 *
 * @module
 */
export { MODELS } from "../catalogue.ts";
export { messagesApiIds } from "../messages-api-ids.ts";
export { nearestModelIds } from "../nearest-model-ids.ts";
export { findProfiles, isServedBare, profileEvidence } from "./find-profile.ts";
