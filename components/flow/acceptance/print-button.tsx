"use client";
import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/use-hydrated";

/** Opens the browser's own dialog, where the page can be printed or kept as a file. */
export function PrintButton() {
  const t = useTranslations("acceptance");
  const isHydrated = useHydrated();
  return (
    <Button variant="secondary" disabled={!isHydrated} onClick={() => window.print()}>
      <Printer aria-hidden className="size-4" />
      {t("print")}
    </Button>
  );
}
