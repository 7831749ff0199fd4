import { defineConfig, devices } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "./e2e/support/browser";
import { findDemo } from "./e2e/support/demo";

/** Looks for what the other tests may have left behind, so it has to come after them. */
const AFTERMATH = "**/secrets-stay-inside.spec.ts";
/** Takes things away from the database: nothing else may run beside it. */
const BREAKAGE = "**/failing-statements.spec.ts";
const DESKTOP = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/support/require-demo.ts",
  // A journey waits half of its time for the worker and for mails: two cores are busy with twice as many.
  workers: 4,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  // Generous: a laptop that is busy with something else must not fail a test.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  outputDir: "test-results",
  use: {
    baseURL: findDemo()?.portalUrl,
    locale: "en-GB",
    timezoneId: "Europe/Helsinki",
    // Spinners would be drawn sixty times a second, without a graphics card.
    contextOptions: { reducedMotion: "reduce" },
    // Recording doubles the time of every journey; a failure keeps its picture and the page's tree.
    trace: process.env.KYTKIN_TRACE === "1" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      // Else Playwright looks for its own, and says how to get it.
      executablePath: process.env.KYTKIN_BROWSER || findBrowser()?.executablePath,
      args: BROWSER_FLAGS,
    },
  },
  projects: [
    // The longest walks first: whoever begins one last would be waited for.
    {
      name: "mobile",
      grep: /@mobile/,
      use: {
        ...devices["Desktop Chrome"],
        viewport: { width: 360, height: 740 },
        isMobile: true,
        hasTouch: true,
      },
    },
    {
      name: "desktop",
      grepInvert: /@mobile/,
      testIgnore: [AFTERMATH, BREAKAGE],
      use: DESKTOP,
    },
    { name: "aftermath", testMatch: AFTERMATH, dependencies: ["desktop", "mobile"], use: DESKTOP },
    { name: "breakage", testMatch: BREAKAGE, dependencies: ["aftermath"], use: DESKTOP },
  ],
});
