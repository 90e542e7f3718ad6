import type { ApiRequest, Refusal } from "../translate/translation.ts";

/**
 * Refuses a request whose URL holds no path of the Messages API.
 *
 * @param request The request.
 * @returns The refusal.
 */
export const pathUnknown = ({ method, pathname }: Pick<ApiRequest, "method" | "pathname">): Refusal => ({
  status: 404,
  type: "not_found_error",
  code: "PATH_UNKNOWN",
  message: `Cannot send ${method} ${pathname}: expected a path of the Messages API, such as /v1/messages, at the end of any base URL`,
});
