import { createTestEngine } from "@/inngest/engine/test-engine";
import { makeEnvironmentPlain } from "@/inngest/make-environment-plain";
import { trivialSteps } from "./engine-functions";

/** A worker process of the bench. To any message it answers how much memory it holds after a collection. */
makeEnvironmentPlain();
const [, , databaseUrl = ""] = process.argv;
const { engine } = createTestEngine(databaseUrl, trivialSteps());
await engine.start();
process.on("message", () => {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapUsed, rss });
});
process.on("disconnect", () => process.exit());
process.send?.("started");
