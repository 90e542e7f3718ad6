import { createHttp1Server } from "./http1.ts";
import { createHttp2Server } from "./http2.ts";
import type { Listen } from "./listener.ts";
import { createOnePort } from "./one-port.ts";
import { createResponder } from "./responder.ts";
import { listenOn } from "./serve-node.ts";
import { UnderWay } from "./under-way.ts";

/** HTTP/1.1 and HTTP/2 with prior knowledge on one port, every request as it was on the wire. */
export const serveOnePort: Listen = (fake, port, host) => {
  const underWay = new UnderWay();
  const respond = createResponder(fake, host);
  const server = createOnePort(createHttp1Server(respond, underWay), createHttp2Server(respond, underWay));
  return listenOn(server, underWay, port, host);
};
