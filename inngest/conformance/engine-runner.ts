import { createEngineDatabase } from "@/inngest/engine/engine-fixture";
import { createTestEngine } from "@/inngest/engine/test-engine";
import type { Observations } from "./observe";
import { castAll, type Runner } from "./runner";

const PATIENCE_MS = 20_000;

/** All cases on the embedded engine, in this process, on a database of their own. */
export async function startOnEngine(observations: Observations): Promise<Runner> {
  const database = await createEngineDatabase();
  const { inngest, engine } = createTestEngine(database.url, (client) => castAll(client, observations));
  await engine.start();
  return {
    inngest,
    patienceMs: PATIENCE_MS,
    async stop() {
      await engine.stop();
      await database.drop();
    },
  };
}
