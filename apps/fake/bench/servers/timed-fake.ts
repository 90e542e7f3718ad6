import { createFakeCore, serve } from "../../src/server.ts";

const [, , tokens = "100", tokensPerSecond = "50"] = process.argv;
const scenario = {
  replies: [{ reply: { text: "word".repeat(Number(tokens)) }, timing: { tokensPerSecond: Number(tokensPerSecond) } }],
};
console.log((await serve(createFakeCore({ scenario }), { port: 0, http: "1" })).url);
