/** Asks again and again until an answer will do. The test's own time limit ends it. */
export async function until<Value>(
  ask: () => Value | Promise<Value>,
  isDone: (value: Value) => boolean,
): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
