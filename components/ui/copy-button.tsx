"use client";
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button";

/** Copies a text and says so in the button, for eyes and screen readers. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useTranslations("ui.copy");
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  const Icon = outcome === "copied" ? Check : Copy;
  return (
    <Button variant="secondary" size="small" onClick={copy}>
      <Icon aria-hidden className="size-3.5" />
      <span aria-live="polite">{outcome === "idle" ? label : t(outcome)}</span>
    </Button>
  );
}
