import type { DemoFile } from "./demo-file";

/** Says where everything is. */
export function printWelcome(demo: DemoFile, elapsedMs: number): void {
  console.log(
    [
      "",
      `Kytkin is ready after ${(elapsedMs / 1000).toFixed(1)} s.`,
      "",
      `  Start here    ${demo.guideUrl}`,
      "",
      "Ctrl-C stops everything and keeps the data; `npm run reset` starts over.",
    ].join("\n"),
  );
}
