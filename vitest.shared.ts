import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export const EXCLUDED = ["node_modules/**", ".next/**", "e2e/**"];

/** What all runs of vitest have in common: `vitest.config.ts`, and those beside it that take longer. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./", import.meta.url)) } },
  test: {
    include: ["**/*.test.ts"],
    exclude: EXCLUDED,
    globalSetup: ["testing/global-setup.ts"],
    pool: "forks",
    // One more than the cores of a small machine: tests wait for PostgreSQL and for each other's processes.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Its own default, one second, is over before a busy machine has answered; `testing/wait-for.ts` has the same.
    expect: { poll: { timeout: 20_000, interval: 20 } },
    // A few each time; `npm run test:journeys` takes many. A failure names the seed that repeats it.
    provide: { journeys: { runs: 8, seed: null } },
  },
});
