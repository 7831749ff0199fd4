"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
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

/** Ordinary checkboxes in a fieldset: Tab and Space are all that one has to know. */
export function EnvironmentList({ connector, options, visible, picked, onToggle }: Props) {
  const t = useTranslations("environments.picker");
  const sharedNames = useMemo(() => findSharedNames(options), [options]);
  return (
    <fieldset>
      <legend className="sr-only">{t("legend")}</legend>
      <ul className="divide-y divide-line">
        {visible.map((option) => (
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
    </fieldset>
  );
}
