import { createFakeCore, prepareProcess, serve } from "../../src/server.ts";

// As the command line does.
prepareProcess();
const http = process.argv[2] === "1" ? "1" : "auto";
console.log((await serve(createFakeCore(), { port: 0, http })).url);
