import { BOUNDS_OF_PAGES, connect, type Database } from "@/db/client";
import { type Scope, type ScopedTransaction, withScope } from "@/db/scope";
import { getWebEnv } from "./env";

// One pool for the process, also when Next loads this module into several bundles.
const holder = globalThis as typeof globalThis & { kytkinWebDatabase?: Database };

export function webDatabase(): Database {
  holder.kytkinWebDatabase ??= connect(getWebEnv().KYTKIN_DATABASE_URL, {
    max: 15,
    name: "kytkin-web",
    bounds: BOUNDS_OF_PAGES,
  });
  return holder.kytkinWebDatabase;
}

type WebScope = Exclude<Scope, { kind: "system" }>;

/** `withScope` on the web's own login, for pages, actions and route handlers. */
export function inScope<S extends WebScope, T>(
  scope: S,
  work: (tx: ScopedTransaction<S["kind"]>) => Promise<T>,
): Promise<T> {
  return withScope(webDatabase(), scope, work);
}
