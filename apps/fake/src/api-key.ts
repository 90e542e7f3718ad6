/** The form of every API key: visible ASCII, nothing else. */
export const API_KEY: RegExp = /^[\x21-\x7e]{1,8192}$/;

/** Whether a text can be an API key at all: 1 to 8192 visible characters of ASCII, and so no space. */
export const isApiKey = (text: string): boolean => API_KEY.test(text);
