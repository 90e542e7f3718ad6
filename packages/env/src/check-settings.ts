import { isObject } from "@claude-on-aws/endpoints";

type SettingForm = "a text" | "an object" | "an object of texts";

/**
 * What the client demands of the settings that it checks. One that is something else makes it leave out the whole file.
 *
 * @see Observed in Claude Code 2.1.329 and 2.1.332; the values of `env` are not checked.
 */
const SETTING_FORMS: Readonly<Record<string, SettingForm>> = {
  model: "a text",
  apiKeyHelper: "a text",
  awsAuthRefresh: "a text",
  awsCredentialExport: "a text",
  env: "an object",
  modelOverrides: "an object of texts",
  permissions: "an object",
};

const isText = (value: unknown): boolean => typeof value === "string";
const CHECKS: Readonly<Record<SettingForm, (value: unknown) => boolean>> = {
  "a text": isText,
  "an object": isObject,
  "an object of texts": (value) => isObject(value) && Object.values(value).every(isText),
};

/**
 * Says why the client leaves out a settings file.
 *
 * @param value The JSON value of the file.
 * @returns What was found and what was expected, without any value; null where the file is followed.
 */
export function findSettingsFault(value: unknown): string | null {
  if (!isObject(value)) return "it is no object of JSON";
  for (const [name, form] of Object.entries(SETTING_FORMS)) {
    const setting = value[name];
    if (setting !== undefined && !CHECKS[form](setting)) return `"${name}" is not ${form}`;
  }
  return null;
}
