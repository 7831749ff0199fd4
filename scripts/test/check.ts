import type { Outcome } from "./tally";

export type Check = {
  name: string;
  run: (signal: AbortSignal) => Promise<Outcome>;
};

/** The environment of every check: plain words, and nothing of the npm script that runs us. */
export function makeCheckEnv(extra: Record<string, string> = {}): Record<string, string | undefined> {
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith("npm_"));
  return {
    ...Object.fromEntries(env),
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    NEXT_TELEMETRY_DISABLED: "1",
    ...extra,
  };
}
