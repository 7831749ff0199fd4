import { runTypeScript } from "./boot/run-typescript.mjs";

await runTypeScript("scripts/reset/main.ts");
