import { defineConfig } from "vitest/config";
import { LongestFirst } from "./testing/longest-first";
import shared, { EXCLUDED } from "./vitest.shared";

/** They make their process the web's, whose environment and pool are read once in a process. */
const WEB_PROCESSES = [
  "app/**/*.test.ts",
  "proxy.test.ts",
  "lib/platform/production-ready.test.ts",
  "lib/platform/outage/database-restart.test.ts",
];

/** Most files share processes, and with them what they import: loading it anew took longer than the tests themselves. */
export default defineConfig({
  test: {
    maxWorkers: shared.test?.maxWorkers,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          ...shared.test,
          name: "shared",
          isolate: false,
          exclude: [...EXCLUDED, ...WEB_PROCESSES],
          provide: { ...shared.test?.provide, sharesProcess: true },
        },
      },
      { ...shared, test: { ...shared.test, name: "web", include: WEB_PROCESSES } },
    ],
  },
});
