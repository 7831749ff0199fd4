import { defineConfig } from "@playwright/test";
import journeys from "../../playwright.config";

/** `npm run docs:pictures`: not a test, but walks like one. Against the product as `npm start` runs it. */
export default defineConfig({
  ...journeys,
  testDir: ".",
  testMatch: "*.pictures.ts",
  globalSetup: "../support/require-demo.ts",
  outputDir: "../../test-results/pictures",
  timeout: 600_000,
  workers: 1,
  use: { ...journeys.use, screenshot: "off" },
  projects: [{ name: "pictures", use: { viewport: { width: 760, height: 1000 } } }],
});
