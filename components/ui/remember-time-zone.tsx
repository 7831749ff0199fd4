"use client";
import { useEffect } from "react";
import { timeZoneCookieName } from "@/lib/platform/i18n/zones";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Tells the server the browser's time zone, so that its pages say times in it from their first paint. */
export function RememberTimeZone({ known }: { known: string }) {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (timeZone === known) return;
    const isHttps = window.location.protocol === "https:";
    const secure = isHttps ? "; Secure" : "";
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${timeZoneCookieName(isHttps)}=${timeZone}; Path=/; Max-Age=${A_YEAR_SECONDS}; SameSite=Lax${secure}`;
  }, [known]);
  return null;
}
