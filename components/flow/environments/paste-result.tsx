"use client";
import { CircleCheck, CircleHelp, LockKeyhole } from "lucide-react";
import { useTranslations } from "next-intl";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import type { NumberMatches } from "@/lib/core/match-numbers";

type Matches = NumberMatches<EnvironmentOption>;

const namesOf = (options: Matches["matched"]): string =>
  options.map((option) => option.name ?? option.externalId).join(", ");

/** What the pasted numbers stand for, and which ones stand for nothing. */
export function PasteResult({ matches }: { matches: Matches }) {
  const t = useTranslations("environments.paste");
  const { matched, blocked, unmatched } = matches;
  return (
    <div role="status" className="grid gap-2 rounded-lg border border-line bg-sunken px-3 py-3 text-sm">
      <p className="flex items-start gap-2">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success-text" />
        <span>
          {t("matched", { count: matched.length })}{" "}
          <span className="line-clamp-3 text-ink-soft">{namesOf(matched)}</span>
        </span>
      </p>
      {blocked.length > 0 && (
        <p className="flex items-start gap-2">
          <LockKeyhole aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
          <span>
            {t("blocked", { count: blocked.length })}{" "}
            <span className="text-ink-soft">{namesOf(blocked)}</span>
          </span>
        </p>
      )}
      {unmatched.length > 0 && (
        <p className="flex items-start gap-2">
          <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
          <span>
            {t("unmatched", { count: unmatched.length })}{" "}
            <span className="text-ink-soft break-words">{unmatched.join(", ")}</span>
          </span>
        </p>
      )}
    </div>
  );
}
