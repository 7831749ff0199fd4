"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { followChanges } from "./follow-changes";

type Props = {
  /** The partner's stream of events. */
  href: string;
  words: { on: string; off: string };
};

/**
 * Reads the page again when something of the partner changed. Only a tab in sight listens: a browser has few connections
 * for one site, and a tab that comes into sight reads the page anew.
 */
export function LiveRefresh({ href, words }: Props) {
  const router = useRouter();
  const [isOn, setIsOn] = useState(true);
  useEffect(() => {
    const listen = () => followChanges(href, { onChange: () => router.refresh(), onState: setIsOn });
    let stop = document.visibilityState === "visible" ? listen() : null;
    const follow = () => {
      if (document.visibilityState === "hidden") {
        stop?.();
        stop = null;
      } else if (stop === null) {
        stop = listen();
      }
    };
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      stop?.();
    };
  }, [href, router]);
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-ink-soft">
      <span aria-hidden className={`size-2 rounded-full ${isOn ? "bg-success-text" : "bg-warning-text"}`} />
      {isOn ? words.on : words.off}
    </span>
  );
}
