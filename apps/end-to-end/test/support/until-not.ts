/**
 * Asks again and again until the answer is another than one that is passing. The test's own time limit ends it.
 *
 * @returns The first answer that is not.
 */
export async function untilNot<Value>(ask: () => Value | Promise<Value>, passing: Value): Promise<Value> {
  for (;;) {
    const answer = await ask();
    if (answer !== passing) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
