import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { MODEL, TOKEN } from "./terms.ts";

/** How a server is asked: where, with which headers of its own, and what it calls the model. */
export interface Target {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  /** What it is, where it is of others, and which release. */
  readonly release?: readonly [name: string, version: string];
}

/** What a server has used until now. */
export interface Used {
  /** Processor time, of the user and the system. */
  readonly cpuMicroseconds: number;
  /** Processor time of the database that it has for itself; left out where it has none. */
  readonly storeMicroseconds?: number;
  /** Resident memory, in bytes. */
  readonly rss: number;
  /** What its objects take, in bytes; left out by those that do not tell. */
  readonly heapUsed?: number;
}

/** What servers are told, a line each. */
type Command = "use" | "collect";

/** A program of this folder. */
export const programPath = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A process under measurement, which prints how it is asked, and for each line that it reads what it has used. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  target: Target = { port: 0, headers: { authorization: `Bearer ${TOKEN}` }, model: MODEL };

  /**
   * Starts one.
   *
   * @param command Program and arguments.
   * @param environment Variables beside those of this process.
   * @returns The process, as soon as it listens.
   */
  static async start(
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const server = new ServerProcess(command, environment);
    const said = JSON.parse(await server.#read()) as number | Target;
    // A port alone: it is asked as everybody is.
    server.target = typeof said === "number" ? { ...server.target, port: said } : said;
    return server;
  }

  private constructor(command: readonly string[], environment: Readonly<Record<string, string>>) {
    const [program = "", ...args] = command;
    const env = { ...process.env, ...environment };
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env });
    if (this.#child.stdout === null) throw new Error(`Cannot start ${program}: it has no output`);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Asks what it has used; `collect` has it collect garbage before. */
  async used(how: Command = "use"): Promise<Used> {
    this.#child.stdin?.write(`${how}\n`);
    return JSON.parse(await this.#read()) as Used;
  }

  /** Ends it, and waits until it is gone. */
  async stop(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve();
    else this.#child.once("exit", () => resolve());
    // Closing this end is enough; behind a wrapper of a runtime, a signal would reach the wrapper alone.
    this.#child.stdin?.end();
    await promise;
  }

  async #read(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`A process under measurement ended: ${this.#child.spawnargs.join(" ")}`);
    return value;
  }
}
