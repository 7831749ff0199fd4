import type { RequestView } from "@/lib/activation/request/schema";

/**
 * How news of a request arrive. `signed_out`: the server no longer shows it to us. `ended`: all is settled and told, nothing
 * more will come.
 */
export type FeedState = "live" | "reconnecting" | "polling" | "signed_out" | "ended";

const POLL_INTERVAL_MS = 5_000;

type Listener = { onView: (view: RequestView) => void; onState: (state: FeedState) => void };

/** Nothing changes any more: every environment is settled and the confirmation is out. */
export function isFinal(view: RequestView): boolean {
  const isDecided = view.state === "settled" || view.state === "cancelled";
  return isDecided && ["sent", "failed", "none"].includes(view.mail);
}

type PollResult = { kind: "view"; view: RequestView } | { kind: "signed_out" } | { kind: "unreachable" };

async function fetchRequest(url: string, signal: AbortSignal): Promise<PollResult> {
  try {
    const response = await fetch(url, { signal, headers: { accept: "application/json" }, cache: "no-store" });
    if (response.status === 401 || response.status === 403 || response.status === 404)
      return { kind: "signed_out" };
    if (!response.ok) return { kind: "unreachable" };
    const view: RequestView = await response.json();
    return { kind: "view", view };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Asks every few seconds, for browsers and proxies through which the stream does not get. Returns what stops it. */
function poll(url: string, listener: Listener, intervalMs: number): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const result = await fetchRequest(url, abort.signal);
    if (abort.signal.aborted) return;
    if (result.kind === "signed_out") return listener.onState("signed_out");
    if (result.kind === "view") {
      listener.onView(result.view);
      if (isFinal(result.view)) return listener.onState("ended");
    }
    listener.onState(result.kind === "view" ? "polling" : "reconnecting");
    // Whoever heard it may have gone back to the stream.
    if (abort.signal.aborted) return;
    timer = setTimeout(ask, intervalMs);
  };
  void ask();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}

/** Follows by server-sent events; `onGone` when the browser gives the stream up. Returns what stops it. */
function stream(url: string, listener: Listener, onGone: () => void): () => void {
  const source = new EventSource(`${url}/events`);
  source.addEventListener("open", () => listener.onState("live"));
  source.addEventListener("request", (event) => {
    const view: RequestView = JSON.parse(event.data);
    listener.onView(view);
    if (!isFinal(view)) return;
    source.close();
    listener.onState("ended");
  });
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return listener.onState("reconnecting");
    onGone();
  });
  return () => source.close();
}

/** Answers to wait for before the stream is tried again where it never gets through: five minutes. */
const MAX_POLLS_BEFORE_STREAM = 64;

const STREAM_LOCK = "kytkin-request-stream";

/**
 * A browser opens few connections to one host, and each stream keeps one: only one tab streams at a time, and when it
 * ends the next one takes over. Calls `onWait` when it is another's turn and `onTurn` when it is ours; what it returns
 * gives the turn back.
 */
function takeStreamTurn(onWait: () => void, onTurn: () => void): () => void {
  const locks = globalThis.navigator?.locks;
  if (!locks) {
    onTurn();
    return () => {};
  }
  const waiting = new AbortController();
  let giveBack = () => {};
  const isOver = new Promise<void>((resolve) => {
    giveBack = resolve;
  });
  const hold = () => {
    onTurn();
    return isOver;
  };
  void locks.request(STREAM_LOCK, { ifAvailable: true }, (lock) => {
    if (waiting.signal.aborted) return;
    if (lock) return hold();
    onWait();
    // Refused only when we give up while we wait.
    locks.request(STREAM_LOCK, { signal: waiting.signal }, hold).catch(() => {});
  });
  return () => {
    waiting.abort();
    giveBack();
  };
}

/**
 * Follows a request by server-sent events (event `request`, data a `RequestView`). It asks every few seconds instead while
 * another tab of this browser streams, or when the stream does not get through; once the server answers again it goes back
 * to the stream, later each time that fails. Returns what stops it.
 */
export function followRequest(
  requestUrl: string,
  listener: Listener,
  intervalMs = POLL_INTERVAL_MS,
): () => void {
  let isStopped = false;
  let stopFollowing = () => {};
  let giveBack = () => {};
  let pollsBeforeStream = 1;
  const stop = () => {
    isStopped = true;
    stopFollowing();
    giveBack();
  };
  const heard: Listener = {
    onView: listener.onView,
    onState: (state) => {
      listener.onState(state);
      if (state === "live") pollsBeforeStream = 1;
      if (state === "ended" || state === "signed_out") stop();
    },
  };
  const startPolling = () => {
    stopFollowing();
    stopFollowing = poll(requestUrl, heard, intervalMs);
  };
  const pollUntilStream = () => {
    let left = pollsBeforeStream;
    pollsBeforeStream = Math.min(2 * pollsBeforeStream, MAX_POLLS_BEFORE_STREAM);
    const onState = (state: FeedState) => {
      heard.onState(state);
      if (state === "polling" && --left <= 0) startStreaming();
    };
    stopFollowing();
    stopFollowing = poll(requestUrl, { onView: heard.onView, onState }, intervalMs);
  };
  const startStreaming = () => {
    if (isStopped) return;
    if (typeof EventSource === "undefined") return startPolling();
    stopFollowing();
    stopFollowing = stream(requestUrl, heard, pollUntilStream);
  };
  giveBack = takeStreamTurn(startPolling, startStreaming);
  return stop;
}
