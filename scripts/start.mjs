import { runTypeScript } from "./boot/run-typescript.mjs";

await runTypeScript("scripts/start/main.ts");
