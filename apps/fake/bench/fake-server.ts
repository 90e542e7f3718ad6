import { createFakeCore, serve } from "../src/server.ts";

console.log((await serve(createFakeCore(), { port: 0 })).url);
