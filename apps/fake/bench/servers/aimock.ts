import { LLMock } from "@copilotkit/aimock";
import { PIECE_LENGTH, TEXT } from "../requests.ts";

const mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent", chunkSize: PIECE_LENGTH });
mock.onMessage(/./, { content: TEXT });
console.log(await mock.start());
