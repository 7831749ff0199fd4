/**
 * Makes `process.env` a plain object. The SDK reads all of it in every call, and from the real one that takes an eighth of
 * the call's time. For a process's own start: what native code reads of the environment no longer follows changes.
 */
export function makeEnvironmentPlain(): void {
  // biome-ignore lint/style/noProcessEnv: it is handed on as it is, and nothing is read from it
  process.env = { ...process.env };
}
