import type { ConnectorContext, HeldKey } from "./context";

/**
 * What is read once for each context, that is for each turn of a connection's queue: registers that settings and rows are held
 * against. `of` names the part of it, where it is not read as a whole. A read that fails is forgotten.
 */
export function oncePerContext<C, T>(
  read: (context: ConnectorContext, key: HeldKey<C>, of: string) => Promise<T>,
): (context: ConnectorContext, key: HeldKey<C>, of?: string) => Promise<T> {
  const known = new WeakMap<ConnectorContext, Map<string, Promise<T>>>();
  return (context, key, of = "") => {
    const parts = known.get(context) ?? new Map<string, Promise<T>>();
    known.set(context, parts);
    const before = parts.get(of);
    if (before) return before;
    const reading = read(context, key, of);
    parts.set(of, reading);
    reading.catch(() => parts.delete(of));
    return reading;
  };
}
