import type { BodySource } from "../transport/transport.ts";
import type { HeaderList } from "./header-list.ts";

/** An answer on its way back, as soon as its head is there. */
export interface Answer {
  readonly status: number;
  /** Of this answer alone, to write to. */
  readonly headers: HeaderList;
  /** Null where there is none. */
  readonly body: BodySource | null;
}
