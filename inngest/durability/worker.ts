import postgres from "postgres";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { sixSteps } from "./six-steps";

/** A worker process of its own, until it is killed. */
const [, , databaseUrl = ""] = process.argv;
const sql = postgres(databaseUrl, { max: 4 });
const { engine } = createTestEngine(databaseUrl, sixSteps(sql));
await engine.start();
process.send?.("started");
process.on("disconnect", () => process.exit());
