import { defineConfig } from "vitest/config";
import shared from "./vitest.shared";

/** Real processes that are killed: a run of its own, since it wants the machine and a build of the web app. */
export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    include: ["testing/kill/*.proof.ts"],
    provide: {
      kill: {
        requests: Number(process.env.KILL_REQUESTS || 50),
        rows: Number(process.env.KILL_ROWS || 2000),
        fileRows: Number(process.env.KILL_FILE_ROWS || 200),
        seed: Number(process.env.KILL_SEED) || null,
      },
    },
  },
});
