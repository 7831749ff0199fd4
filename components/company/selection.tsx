"use client";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";

type Selection = { ticked: ReadonlySet<string>; tick: (ids: readonly string[], isTicked: boolean) => void };

const SelectionContext = createContext<Selection>({ ticked: new Set(), tick: () => {} });

export const useCompanySelection = () => useContext(SelectionContext);

/** Which companies of the page are ticked. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const value = useMemo(
    () => ({
      ticked,
      tick: (ids: readonly string[], isTicked: boolean) =>
        setTicked((before) => {
          const others = [...before].filter((id) => !ids.includes(id));
          return new Set(isTicked ? [...others, ...ids] : others);
        }),
    }),
    [ticked],
  );
  return <SelectionContext.Provider value={value}>{children}</SelectionContext.Provider>;
}

/** Ticks one company. */
export function CompanyTick({ id, name }: { id: string; name: string }) {
  const t = useTranslations("companies.bulk");
  const { ticked, tick } = useCompanySelection();
  return (
    <label htmlFor={`tick-${id}`} className="grid size-8 place-items-center pointer-coarse:size-11">
      <Checkbox
        id={`tick-${id}`}
        aria-label={t("tick", { company: name })}
        checked={ticked.has(id)}
        onChange={(event) => tick([id], event.target.checked)}
      />
    </label>
  );
}

/** Ticks all companies of the page. */
export function TickAll({ ids }: { ids: readonly string[] }) {
  const t = useTranslations("companies.bulk");
  const { ticked, tick } = useCompanySelection();
  return (
    <label
      htmlFor="tick-all"
      className="inline-flex items-center gap-2 text-sm font-medium pointer-coarse:min-h-11"
    >
      <Checkbox
        id="tick-all"
        checked={ids.length > 0 && ids.every((id) => ticked.has(id))}
        onChange={(event) => tick(ids, event.target.checked)}
      />
      {t("tickAll")}
    </label>
  );
}
