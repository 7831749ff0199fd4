import postgres from "postgres";
import { createTestEngine } from "@/inngest/engine/test-engine";
import { makeEnvironmentPlain } from "@/inngest/make-environment-plain";
import { recordingFunctions } from "./recording-functions";

/** A worker process of its own, until it is killed. */
makeEnvironmentPlain();
const [, , databaseUrl = ""] = process.argv;
const sql = postgres(databaseUrl, { max: 4 });
const { engine } = createTestEngine(databaseUrl, recordingFunctions(sql));
await engine.start();
process.send?.("started");
process.on("disconnect", () => process.exit());
