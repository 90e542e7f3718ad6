import { expect, test } from "vitest";
import { findNamedModels } from "./find-named-models.ts";

const find = (body: string): readonly string[] | undefined => findNamedModels(new TextEncoder().encode(body));

test.each([
  ["the one that is asked for", '{"model":"a","messages":[]}', ["a"]],
  ["none", '{"messages":[]}', []],
  ["an advisor's", '{"model":"a","tools":[{"type":"advisor_20260301","model":"b"}]}', ["a", "b"]],
  ["an advisor's in a message", '{"messages":[{"role":"system","content":[{"tool":{"model":"b"}}]}]}', ["b"]],
  ["an advisor's through Converse", '{"additionalModelRequestFields":{"tools":[{"model":"b"}]}}', ["b"]],
  ["those to fall back to", '{"model":"a","fallbacks":[{"model":"b"},{"model":"a"},{"model":"c"}]}', ["a", "b", "c"]],
  ["one whose name is escaped", String.raw`{"tools":[{"\u006dod\u0065l":"\u0062"}]}`, ["b"]],
  ["what is not there yet", '{"model":"a","later":{"deep":[[{"model":"b"}]]}}', ["a", "b"]],
  ["none in a schema", '{"tools":[{"input_schema":{"properties":{"model":{"type":"string"}}}}]}', []],
  ["none in what a tool is called with", '{"messages":[{"content":[{"type":"tool_use","input":{"model":"x"}}]}]}', []],
  ["none in what a tool gave", '{"messages":[{"content":[{"toolResult":{"content":[{"json":{"model":1}}]}}]}]}', []],
  ["none where it is null", '{"tools":[{"model":null}],"fallbacks":null}', []],
])("findNamedModels() finds %s", (_, body, names) => {
  expect(find(body)?.toSorted()).toEqual(names);
});

test.each([
  ["stands twice", '{"tools":[{"model":"a","model":"b"}]}'],
  ["stands three times", '{"tools":[{"model":"a","model":"a","mod\\u0065l":"b"}]}'],
  ["is no text", '{"tools":[{"model":["b"]}]}'],
  ["is longer than any", JSON.stringify({ model: "b".repeat(5_000) })],
  ["is left to the service", '{"model":"a","fallbacks":"default"}'],
  ["is one of too many", JSON.stringify({ list: Array.from({ length: 65 }, (_, at) => ({ model: `m${at}` })) })],
  ["is nested deeper than anybody nests", `{"a":${"[".repeat(40)}{"model":"b"}${"]".repeat(40)}}`],
  ["is in no JSON", '{"model":"a"'],
])("findNamedModels() gives up where one %s", (_, body) => {
  expect(find(body)).toBeUndefined();
});
