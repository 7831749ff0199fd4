/** Under npm a terminal's Ctrl-C arrives twice: from the terminal, and passed on by npm. */
const ECHO_MS = 1_000;
const PARENT_POLL_MS = 500;

export type StopHandlers = { first: () => void; second: () => void };

/**
 * Calls `first` at the first wish to stop, and `second` at the next Ctrl-C after it.
 * npm, when it is told to end, ends only the shell between it and us; so under npm the loss of our parent is a wish too.
 */
export function onStopRequest({ first, second }: StopHandlers): void {
  let firstAt: number | null = null;
  const request = () => {
    if (firstAt === null) {
      firstAt = Date.now();
      first();
    } else if (Date.now() - firstAt > ECHO_MS) second();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, request);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent || firstAt !== null) return;
    clearInterval(timer);
    request();
  }, PARENT_POLL_MS);
  timer.unref();
}
