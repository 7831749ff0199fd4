"use client";
import { useTranslations } from "next-intl";
import { AlertDialog } from "radix-ui";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { OVERLAY_CLASS, PANEL_CLASS } from "@/components/ui/panel-class";
import type { MergeConflict } from "@/lib/catalogue/draft/merge";
import { usePathWords } from "./use-path-words";

type Choice = "mine" | "theirs";
type Props = {
  conflicts: readonly MergeConflict[];
  savedBy: string | null;
  onChoose: (chosen: readonly Choice[]) => void;
};

/** A text as it is, anything else as it is stored: nothing of either side is left out. */
function said(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "–" : JSON.stringify(value, null, 1);
}

type RowProps = { conflict: MergeConflict; choice: Choice; name: string; onChoose: (choice: Choice) => void };

function ConflictRow({ conflict, choice, name, onChoose }: RowProps) {
  const t = useTranslations("editor.conflict");
  const words = usePathWords();
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-1.5 text-sm font-semibold">{words(conflict.path.join("."))}</legend>
      {(["mine", "theirs"] as const).map((side) => (
        <label
          key={side}
          className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={name}
            checked={choice === side}
            onChange={() => onChoose(side)}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="grid min-w-0 gap-0.5">
            <span className="font-medium">{t(side)}</span>
            <span className="max-h-40 overflow-y-auto whitespace-pre-wrap text-ink-soft wrap-anywhere">
              {said(conflict[side])}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Two people changed the same: both texts, and the person chooses. It cannot be closed without a choice. */
export function ConflictDialog({ conflicts, savedBy, onChoose }: Props) {
  const t = useTranslations("editor.conflict");
  const [chosen, setChosen] = useState<readonly Choice[]>(() => conflicts.map(() => "mine"));
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={OVERLAY_CLASS} />
        <AlertDialog.Content className={PANEL_CLASS} onEscapeKeyDown={(event) => event.preventDefault()}>
          <AlertDialog.Title className="text-lg font-semibold">{t("title")}</AlertDialog.Title>
          <AlertDialog.Description className="pt-2 text-sm text-ink-soft">
            {t("intro", { who: savedBy ?? "none" })}
          </AlertDialog.Description>
          <div className="grid gap-5 pt-4">
            {conflicts.map((conflict, index) => (
              <ConflictRow
                key={conflict.path.join(".")}
                name={`conflict-${index}`}
                conflict={conflict}
                choice={chosen[index] ?? "mine"}
                onChoose={(choice) =>
                  setChosen((before) => before.map((one, other) => (other === index ? choice : one)))
                }
              />
            ))}
            <div className="flex justify-end">
              <Button onClick={() => onChoose(chosen)}>{t("keep")}</Button>
            </div>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
