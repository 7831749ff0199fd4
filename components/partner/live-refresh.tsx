"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

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
    let source: EventSource | null = null;
    const listen = () => {
      source = new EventSource(href);
      source.addEventListener("open", () => setIsOn(true));
      source.addEventListener("change", () => router.refresh());
      source.addEventListener("end", () => {
        source?.close();
        router.refresh();
      });
      source.addEventListener("error", () => setIsOn(false));
    };
    const follow = () => {
      if (document.visibilityState === "hidden") {
        source?.close();
        source = null;
      } else if (source === null) {
        listen();
        router.refresh();
      }
    };
    if (document.visibilityState === "visible") listen();
    document.addEventListener("visibilitychange", follow);
    return () => {
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    };
  }, [href, router]);
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-ink-soft">
      <span aria-hidden className={`size-2 rounded-full ${isOn ? "bg-success-text" : "bg-warning-text"}`} />
      {isOn ? words.on : words.off}
    </span>
  );
}
