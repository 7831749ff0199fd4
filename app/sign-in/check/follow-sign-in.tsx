"use client";
import { useEffect } from "react";
import { judgeLook, type Look } from "./judge-look";

const POLL_MS = 2000;
const NOTHING_NEW: Look = { isWaiting: true, isUsedElsewhere: false };

async function look(signal: AbortSignal): Promise<Look> {
  const response = await fetch("/sign-in/check/state", { signal, cache: "no-store" });
  // A server that is busy or restarting says nothing about the link.
  if (!response.ok) return NOTHING_NEW;
  return (await response.json()) as Look;
}

/** Loads the page again once its request is settled; the server then knows where to go. */
export function FollowSignIn() {
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let usedLooks = 0;
    const poll = async () => {
      const seen = await look(stop.signal).catch(() => NOTHING_NEW);
      if (stop.signal.aborted) return;
      const judged = judgeLook(seen, usedLooks);
      usedLooks = judged.usedLooks;
      if (judged.isOver) window.location.reload();
      else timer = setTimeout(poll, POLL_MS);
    };
    timer = setTimeout(poll, POLL_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return null;
}
