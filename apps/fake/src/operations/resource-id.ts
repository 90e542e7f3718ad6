import type { FakeSettings } from "../settings/fake-settings.ts";
import { randomId } from "../terms/random-id.ts";

/**
 * Makes an identifier of Anthropic.
 *
 * @returns Such as `file_01…`.
 */
export const resourceId = (
  prefix: "msgbatch" | "file" | "wrkspc",
  settings: Pick<FakeSettings, "randomUuid">,
): string => `${prefix}_01${randomId(settings)}`;
