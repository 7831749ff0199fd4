"use client";
import { useEffect } from "react";

const POLL_MS = 2000;

async function isStillWaiting(signal: AbortSignal): Promise<boolean> {
  const response = await fetch("/sign-in/check/state", { signal, cache: "no-store" });
  // A server that is busy or restarting says nothing about the link.
  if (!response.ok) return true;
  const { isWaiting } = (await response.json()) as { isWaiting: boolean };
  return isWaiting;
}

/** Loads the page again once its request is settled; the server then knows where to go. */
export function FollowSignIn() {
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const poll = async () => {
      const isWaiting = await isStillWaiting(stop.signal).catch(() => true);
      if (stop.signal.aborted) return;
      if (isWaiting) timer = setTimeout(poll, POLL_MS);
      else window.location.reload();
    };
    timer = setTimeout(poll, POLL_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return null;
}
