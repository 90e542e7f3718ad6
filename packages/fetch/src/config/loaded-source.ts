import type { RefreshableSource } from "@claude-on-aws/auth/credentials";

/**
 * Makes a source that is loaded when it is first asked: chain and commands weigh more than what signs, and who has a key of the
 * service needs neither.
 *
 * @param load Loads it.
 * @returns The source.
 */
export function loadedSource(load: () => Promise<RefreshableSource>): RefreshableSource {
  let known: RefreshableSource | undefined;
  let pending: Promise<RefreshableSource> | undefined;
  const loadOnce = (): Promise<RefreshableSource> => {
    pending ??= load().then((source) => (known = source));
    // What fails is tried again by whoever asks next.
    pending.catch(() => (pending = undefined));
    return pending;
  };
  return {
    get: async () => (known ?? (await loadOnce())).get(),
    refresh: async (refusal, used) => (known ?? (await loadOnce())).refresh(refusal, used),
    login: async () => (known ?? (await loadOnce())).login(),
  };
}
