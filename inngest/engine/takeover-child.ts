import { threeSteps } from "./takeover-functions";
import { createTestEngine } from "./test-engine";

/** A worker that never gets past the second step and tells its parent when it has reached it. */
const [, , databaseUrl = ""] = process.argv;
const neverEnds = () => new Promise<string>(() => {});
const { engine } = createTestEngine(
  databaseUrl,
  threeSteps(neverEnds, (step) => process.send?.(step)),
);
await engine.start();
process.send?.("started");
