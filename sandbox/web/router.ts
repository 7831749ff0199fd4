import type { Exchange } from "./exchange";

export type Handler = (exchange: Exchange) => void | Promise<void>;
export type Route<Handle = Handler> = { method: string; pattern: RegExp; handle: Handle };

/** `/ui/flows/:flow/terms` → a route whose `flow` is one path segment. */
export function route<Handle = Handler>(method: string, path: string, handle: Handle): Route<Handle> {
  const pattern = path.replace(/:([a-zA-Z]+)/g, "(?<$1>[^/]+)");
  return { method, pattern: new RegExp(`^${pattern}/?$`), handle };
}

/** The route for a path, with its parameters set on the exchange; null when there is none. */
export function findRoute<Handle>(
  routes: readonly Route<Handle>[],
  exchange: Exchange,
  path: string,
): Route<Handle> | null {
  for (const candidate of routes) {
    const match = candidate.pattern.exec(path);
    if (!match || candidate.method !== exchange.method) continue;
    exchange.params = decode(match.groups ?? {});
    return candidate;
  }
  return null;
}

function decode(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
