type Follower = {
  /** Something changed, or may have while the stream was away: the page has to be read again. */
  onChange: () => void;
  /** Whether the stream is open. */
  onState: (isOn: boolean) => void;
};

/** Pauses before the stream is tried again: the first, and where doubling ends. A stream that held for longer begins anew. */
const PAUSES = { firstMs: 1_000, longestMs: 60_000 };

/** Whether the server shows this browser the stream no more. Its troubles, and those of the network, are no such answer. */
async function isRefused(href: string, signal: AbortSignal): Promise<boolean> {
  const request = new AbortController();
  const abort = () => request.abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const { status } = await fetch(href, { signal: request.signal, cache: "no-store" });
    return status === 401 || status === 403 || status === 404;
  } catch {
    return false;
  } finally {
    signal.removeEventListener("abort", abort);
    // The answer's head is all that was asked for: a stream would go on.
    abort();
  }
}

/**
 * Follows a stream that sends `change` without data, and `end` when a session or membership is over. A browser gives a stream
 * up for good when it is refused: what refused it is asked for, and the page is read again when it is no longer this person's.
 * An outage leaves the page as it is, with what is typed in it, until the stream is back. Returns what stops it.
 */
export function followChanges(href: string, follower: Follower, pauses = PAUSES): () => void {
  const stopping = new AbortController();
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = pauses.firstMs;
  // What changed between the making of the page and the opening of the stream is told by neither.
  let hasMissed = true;

  const listenLater = () => {
    timer = setTimeout(listen, pauseMs);
    pauseMs = Math.min(2 * pauseMs, pauses.longestMs);
  };
  const lose = async (hasEnded: boolean, openSince: number | null) => {
    source?.close();
    source = null;
    hasMissed = true;
    follower.onState(false);
    if (openSince !== null && Date.now() - openSince >= pauses.longestMs) pauseMs = pauses.firstMs;
    const isOver = hasEnded || (await isRefused(href, stopping.signal));
    if (stopping.signal.aborted) return;
    if (isOver) follower.onChange();
    listenLater();
  };
  function listen() {
    const opened = new EventSource(href);
    let openSince: number | null = null;
    source = opened;
    opened.addEventListener("open", () => {
      openSince ??= Date.now();
      follower.onState(true);
      if (hasMissed) follower.onChange();
      hasMissed = false;
    });
    opened.addEventListener("change", () => follower.onChange());
    opened.addEventListener("end", () => void lose(true, openSince));
    opened.addEventListener("error", () => {
      if (opened.readyState === EventSource.CLOSED) return void lose(false, openSince);
      // The browser tries again by itself; what happens meanwhile is not heard.
      hasMissed = true;
      follower.onState(false);
    });
  }

  listen();
  return () => {
    stopping.abort();
    clearTimeout(timer);
    source?.close();
  };
}
