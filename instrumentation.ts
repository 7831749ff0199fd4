/** Runs once when the web process starts, before the first request. */
export async function register(): Promise<void> {
  const { assertWebReady } = await import("./lib/web-ready");
  await assertWebReady();
}
