import { readFile } from "node:fs/promises";

/** Reads a JSON file, taken for what the caller says that it is. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, "utf8")) as T;
}
