/**
 * Goes on with a value that is there already, or with a promise of it: of a short request nothing should pay for a promise.
 *
 * @param value The value, or a promise of it.
 * @param use What to do with it.
 * @returns What `use` returns, or a promise of it.
 */
export function andThen<Value, Result>(
  value: Value | Promise<Value>,
  use: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}
