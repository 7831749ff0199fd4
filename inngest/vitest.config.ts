import { defineConfig, mergeConfig } from "vitest/config";
import base from "../vitest.shared";

/** Everything about the engine, what takes minutes too. */
export default mergeConfig(base, defineConfig({ test: { include: ["inngest/**/*.long.ts"] } }));
