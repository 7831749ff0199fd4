"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again when the editor around it has saved. */
export function PreviewRefresh() {
  const router = useRouter();
  useEffect(() => {
    const refresh = (event: MessageEvent) => {
      if (event.origin === window.location.origin && event.data === "kytkin:refresh") router.refresh();
    };
    window.addEventListener("message", refresh);
    return () => window.removeEventListener("message", refresh);
  }, [router]);
  return null;
}
