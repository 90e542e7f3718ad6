import { createServer } from "@mswjs/http-middleware";
import { http, HttpResponse } from "msw";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { CANNED, cannedFor } from "./canned.ts";

/** What somebody writes by hand: the pieces one by one where the answer is a stream. */
const handlers = Object.keys(CANNED).map((target) =>
  http.post(`*${target.replaceAll(":", "\\:")}`, async ({ request }) => {
    const { stream } = (await request.json()) as { readonly stream?: boolean };
    const { type, pieces, streamed } = cannedFor(target, stream === true);
    const headers = { "content-type": type };
    if (!streamed) return new HttpResponse(pieces[0], { headers });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
    return new HttpResponse(body, { headers });
  }),
);

// The middleware is CommonJS: its types are those of the other build of msw, and of an express without types.
const app = createServer(...(handlers as unknown as Parameters<typeof createServer>)) as unknown as RequestListener;
const server = createHttpServer(app);
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
