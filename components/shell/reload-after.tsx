"use client";
import { useEffect } from "react";

/** Loads the whole page anew after a while: for pages that cannot be shown right now. */
export function ReloadAfter({ seconds }: { seconds: number }) {
  useEffect(() => {
    const timer = setTimeout(() => window.location.reload(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return null;
}
