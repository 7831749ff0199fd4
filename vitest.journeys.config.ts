import { defineConfig } from "vitest/config";
import shared from "./vitest.shared";

/** Many random journeys with each vendor and many races, where `npm test` takes a few. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ["testing/journeys/*.test.ts", "testing/races/*.test.ts"],
    provide: {
      journeys: {
        runs: Number(process.env.JOURNEYS || 200),
        seed: Number(process.env.JOURNEY_SEED) || null,
      },
    },
  },
});
