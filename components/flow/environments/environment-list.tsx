"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import { EnvironmentRow } from "./environment-row";
import { findSharedNames, type PickedIds } from "./selection";

type Props = {
  /** The same object at each rendering, so that rows stay as they are. */
  connector: { id: string; name: string };
  options: readonly EnvironmentOption[];
  visible: readonly EnvironmentOption[];
  picked: PickedIds;
  onToggle: (id: string, isPicked: boolean, isRange: boolean) => void;
};

/** Rows that are rendered at once: an accountant's two hundred, and not a vendor's ten thousand. */
const ROWS_AT_ONCE = 200;

/** Ordinary checkboxes in a fieldset: Tab and Space are all that one has to know. */
export function EnvironmentList({ connector, options, visible, picked, onToggle }: Props) {
  const t = useTranslations("environments.picker");
  const sharedNames = useMemo(() => findSharedNames(options), [options]);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const left = visible.length - limit;
  return (
    <fieldset>
      <legend className="sr-only">{t("legend")}</legend>
      <ul className="divide-y divide-line">
        {visible.slice(0, limit).map((option) => (
          <EnvironmentRow
            key={option.candidateId}
            option={option}
            connector={connector}
            isPicked={picked.has(option.candidateId)}
            isNameShared={option.name !== null && sharedNames.has(option.name)}
            onToggle={onToggle}
          />
        ))}
      </ul>
      {left > 0 && (
        <p className="border-t border-line px-4 py-3 sm:px-6">
          <Button variant="quiet" onClick={() => setLimit(limit + ROWS_AT_ONCE)}>
            {t("more", { count: Math.min(left, ROWS_AT_ONCE), left })}
          </Button>
        </p>
      )}
    </fieldset>
  );
}
