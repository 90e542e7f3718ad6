import type { TransportRequest } from "../transport/transport.ts";

/** What a transport is given, but for the signal that is made of `stop` where the transport asks for one. */
type Outgoing = Omit<TransportRequest, "signal">;

/** A request on its way to a transport. A class, since a getter in a literal costs as much as to sign the request. */
export class OutgoingRequest implements TransportRequest {
  readonly method: string;
  readonly url: TransportRequest["url"];
  readonly headers: TransportRequest["headers"];
  readonly body: TransportRequest["body"];
  readonly stop: TransportRequest["stop"];
  readonly onConnect: () => void;

  /** @param outgoing The request, without a signal. */
  constructor({ method, url, headers, body, stop, onConnect }: Outgoing) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.stop = stop;
    this.onConnect = onConnect;
  }

  /** Made when it is asked for: to make one costs more than what most transports need it for. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }
}
