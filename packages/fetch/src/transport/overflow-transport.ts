import type { BodySource, Transport, TransportAnswer } from "./transport.ts";

/**
 * Sends through one transport as long as it has room, and through another beyond that.
 *
 * @param first The one that is preferred.
 * @param second The one that takes what is too much for it.
 * @param maxExchanges How many exchanges the first one has at once, from the request to the end of the answer.
 * @returns Both as one.
 */
export function createOverflowTransport(first: Transport, second: Transport, maxExchanges: number): Transport {
  let exchanges = 0;
  return {
    async send(request): Promise<TransportAnswer> {
      if (exchanges >= maxExchanges) return second.send(request);
      exchanges += 1;
      let isOpen = true;
      const leave = (): void => {
        if (isOpen) exchanges -= 1;
        isOpen = false;
      };
      try {
        const answer = await first.send(request);
        if (answer.body === null) leave();
        return answer.body === null ? answer : { ...answer, body: withEnd(answer.body, leave) };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

function withEnd({ read, cancel }: BodySource, onEnd: () => void): BodySource {
  return {
    read: () =>
      read().then(
        (bytes) => {
          if (bytes === null) onEnd();
          return bytes;
        },
        (error: unknown) => {
          onEnd();
          throw error;
        },
      ),
    cancel() {
      onEnd();
      cancel();
    },
  };
}
