/** A string of each format of JSON Schema that can be told from its name. */
export const FORMAT_EXAMPLES: Readonly<Record<string, string>> = {
  date: "2026-01-01",
  "date-time": "2026-01-01T00:00:00Z",
  duration: "PT1M",
  email: "someone@example.com",
  hostname: "example.com",
  "idn-email": "someone@example.com",
  "idn-hostname": "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  iri: "https://example.com/",
  "iri-reference": "https://example.com/",
  "json-pointer": "/example",
  regex: "a",
  "relative-json-pointer": "0",
  time: "00:00:00Z",
  uri: "https://example.com/",
  "uri-reference": "https://example.com/",
  "uri-template": "https://example.com/{id}",
  url: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

/** What a text is made of where the schema says nothing more than that it is one. */
export const PLAIN_TEXT = "example";

/** Texts for properties whose name says what they hold. */
export const NAMED_EXAMPLES: Readonly<Record<string, string>> = {
  city: "Paris",
  cmd: "echo hello",
  command: "echo hello",
  country: "France",
  currency: "EUR",
  date: "2026-01-01",
  directory: ".",
  email: "someone@example.com",
  expression: "1 + 1",
  file: "README.md",
  file_path: "README.md",
  filename: "README.md",
  language: "en",
  location: "Paris",
  path: ".",
  pattern: "*",
  sql: "SELECT 1",
  timezone: "UTC",
  url: "https://example.com/",
};

/** Properties that hold what the user said. */
export const USER_TEXT_NAMES: readonly string[] = ["input", "message", "prompt", "query", "question", "q", "text"];
