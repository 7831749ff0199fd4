import { defineConfig } from "vitest/config";
import shared from "../vitest.shared";

/** Benches measure and print, and assert no time. They borrow the tests' PostgreSQL. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ["bench/*.bench.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    disableConsoleIntercept: true,
    provide: { intake: { rows: Number(process.env.INTAKE_ROWS || 1_000_000) } },
  },
});
