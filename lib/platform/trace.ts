import { AsyncLocalStorage } from "node:async_hooks";

// One for the process: `scripts/start-web.mjs` enters it around each request, before any of our modules is loaded, and Next
// loads this module into several bundles.
const holder = globalThis as typeof globalThis & { kytkinTrace?: AsyncLocalStorage<string> };
holder.kytkinTrace ??= new AsyncLocalStorage();
const storage = holder.kytkinTrace;

/** Runs `work` under this id: log lines, outbox events and journalled vendor calls made in it carry it. */
export function withTrace<T>(traceId: string, work: () => T): T {
  return storage.run(traceId, work);
}

/** The id of the browser's or partner's request that led here; undefined outside of one. */
export function findTraceId(): string | undefined {
  return storage.getStore();
}
