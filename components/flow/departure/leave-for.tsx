"use client";
import { useEffect } from "react";

/** Sends the browser on. This page is left out of its history: going back leads to where the button was. */
export function LeaveFor({ url }: { url: string }) {
  useEffect(() => window.location.replace(url), [url]);
  return null;
}
