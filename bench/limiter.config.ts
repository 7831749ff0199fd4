import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The bench borrows the tests' PostgreSQL. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("../", import.meta.url)) } },
  test: {
    include: ["bench/limiter.bench.ts"],
    globalSetup: ["testing/global-setup.ts"],
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
