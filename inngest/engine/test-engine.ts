import { Inngest, type InngestFunction } from "inngest";
import { createEngine, type Engine, type EngineOptions } from ".";

export const KEYS = { signingKey: "signkey-test-0123456789abcdef", eventKey: "test-event-key" };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export type TestClient = Inngest;
export type Define = (inngest: TestClient) => InngestFunction.Like[];

export function createTestEngine(databaseUrl: string, define: Define, options: Partial<EngineOptions> = {}) {
  const inngest: TestClient = new Inngest({
    id: "test",
    isDev: false,
    ...KEYS,
    baseUrl: "http://engine.internal",
    logger: silent,
    fetch: (input, init) => engine.fetch(input, init),
  });
  const engine: Engine = createEngine({
    databaseUrl,
    client: inngest,
    functions: define(inngest),
    ...KEYS,
    backoffMs: [10],
    log: silent,
    ...options,
  });
  return { inngest, engine };
}
