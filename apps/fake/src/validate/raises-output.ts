/** Betas that raise the largest output. */
const LONG_OUTPUT = /^output-\d+k-/;

/**
 * Tells whether betas let an answer be longer than the largest output of its model.
 *
 * @returns `true` where one of them does.
 */
export const raisesOutput = (betas: readonly string[]): boolean => betas.some((beta) => LONG_OUTPUT.test(beta));
