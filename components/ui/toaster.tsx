"use client";
import { useTranslations } from "next-intl";
import { Toaster as SonnerToaster } from "sonner";

/** Mounted once in the root layout. Toasts only confirm what the page shows as well. */
export function Toaster() {
  const t = useTranslations("ui");
  return <SonnerToaster theme="system" position="bottom-right" containerAriaLabel={t("notifications")} />;
}
