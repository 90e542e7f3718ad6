import type { Readable } from "node:stream";
import { joinBytes } from "../join-bytes.ts";
import type { OutputTarget } from "./output-target.ts";

const BETWEEN_DROPS_MS = 10;

/** Options for {@link readOutput}. */
export interface ReadOutputOptions {
  readonly target: OutputTarget;
  /** The most that is read. */
  readonly maxBytes: number;
  /** Called once, when there is more than that. */
  readonly onTooMuch: () => void;
  /** Called with what showing it threw. */
  readonly onError: (error: unknown) => void;
}

/** An output that is being read. */
export interface CommandOutput {
  /** What was collected. */
  readonly text: () => string;
  /** Drops what comes from now on. It is read all the same: a command that cannot write does not clean up. */
  readonly drop: () => void;
  /** Reads no more of it. */
  readonly close: () => void;
}

/**
 * Reads an output of a command as it comes, and no more of it than may be held.
 *
 * @param stream The output; null where it is not read.
 * @param options What becomes of it.
 * @returns What was read.
 */
export function readOutput(stream: Readable | null, options: ReadOutputOptions): CommandOutput {
  const { target, maxBytes, onTooMuch, onError } = options;
  const chunks: Uint8Array[] = [];
  const decoder = new TextDecoder();
  let bytes = 0;
  let isDropped = false;
  const drop = (): void => void (isDropped = true);
  const show = (text: string): void => {
    if (typeof target !== "function" || text === "") return;
    try {
      target(text);
    } catch (error) {
      drop();
      onError(error);
    }
  };
  stream?.on("data", (chunk: Uint8Array) => {
    if (isDropped) return readSlowly(stream);
    bytes += chunk.length;
    if (bytes > maxBytes) {
      drop();
      onTooMuch();
    } else if (target === "collect") chunks.push(chunk);
    else show(decoder.decode(chunk, { stream: true }));
  });
  // A character that was cut off.
  stream?.on("end", () => isDropped || show(decoder.decode()));
  // A pipe that breaks has ended; how the command went, its status says.
  stream?.on("error", () => undefined);
  const text = (): string => new TextDecoder().decode(joinBytes(chunks, target === "collect" ? bytes : 0));
  return { text, drop, close: () => stream?.destroy() };
}

/** What is dropped costs time and memory all the same, and a command that ignores that it should stop may print a lot. */
function readSlowly(stream: Readable): void {
  stream.pause();
  setTimeout(() => stream.resume(), BETWEEN_DROPS_MS);
}
