import { log } from "@/lib/platform/log";
import { webDatabase } from "@/lib/platform/web-database";

type Listener = () => void;
const CHANNEL = "kytkin_requests";

// One LISTEN connection for the process, also when Next loads this module into several bundles.
const holder = globalThis as typeof globalThis & { kytkinRequestListeners?: Map<string, Set<Listener>> };

function listen(): Map<string, Set<Listener>> {
  const listeners = new Map<string, Set<Listener>>();
  const tellAll = (): void => {
    for (const set of listeners.values()) for (const listener of set) listener();
  };
  // After a lost connection everybody is told: changes may have been missed.
  const onChange = (requestId: string): void => {
    for (const listener of listeners.get(requestId) ?? []) listener();
  };
  webDatabase()
    .sql.listen(CHANNEL, onChange, tellAll)
    .catch((error: unknown) => {
      // The next one who asks tries again; until then the heartbeat of each stream finds the changes.
      log.warn({ err: error }, "listening for changes failed");
      if (holder.kytkinRequestListeners === listeners) holder.kytkinRequestListeners = undefined;
    });
  return listeners;
}

/** Calls `listener` whenever the request or one of its activations changed. Returns what ends it. */
export function onRequestChange(requestId: string, listener: Listener): () => void {
  holder.kytkinRequestListeners ??= listen();
  const listeners = holder.kytkinRequestListeners;
  const set = listeners.get(requestId) ?? new Set();
  listeners.set(requestId, set.add(listener));
  return () => {
    set.delete(listener);
    if (set.size === 0) listeners.delete(requestId);
  };
}
