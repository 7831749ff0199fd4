import { runTypeScript } from "./boot/run-typescript.mjs";

await runTypeScript("scripts/test/main.ts", () => console.log("0 passed, 1 failed"));
