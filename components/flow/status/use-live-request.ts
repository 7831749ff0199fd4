"use client";
import { useEffect, useState } from "react";
import type { RequestView } from "@/lib/activation/request/schema";
import { type FeedState, followRequest, isFinal } from "./request-feed";

/** The request as the server has it now, beginning with what the page was rendered from. */
export function useLiveRequest(rendered: RequestView): { view: RequestView; feed: FeedState | null } {
  const [pushed, setPushed] = useState<{ over: RequestView; view: RequestView } | null>(null);
  const isOver = isFinal(rendered);
  const [feed, setFeed] = useState<FeedState | null>(null);
  useEffect(() => {
    if (isOver) return;
    const onView = (view: RequestView) => setPushed({ over: rendered, view });
    return followRequest(`/api/requests/${encodeURIComponent(rendered.id)}`, { onView, onState: setFeed });
  }, [rendered, isOver]);
  // A page that was rendered anew, e.g. after an action, is newer than what was pushed over the one before.
  return { view: pushed?.over === rendered ? pushed.view : rendered, feed: isOver ? "ended" : feed };
}
