import type { FakeSettings } from "../options.ts";
import { randomId } from "../respond/request-id.ts";

/** Makes an identifier of Anthropic, such as `file_01…`. */
export const resourceId = (
  prefix: "msgbatch" | "file" | "wrkspc",
  settings: Pick<FakeSettings, "randomUuid">,
): string => `${prefix}_01${randomId(settings)}`;
