"use client";
import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { EnvironmentList } from "./environment-list";
import type { EnvironmentsActions } from "./environments-actions";
import { PickerFooter } from "./picker-footer";
import { PickerNotes } from "./picker-notes";
import { PickerToolbar } from "./picker-toolbar";
import { matchesSearch, pickLimit } from "./selection";
import { useSelection } from "./use-selection";

type Props = { grantId: string; view: EnvironmentsView; actions: EnvironmentsActions };

/** Picks environments out of what the vendor listed; made for two hundred of them. */
export function EnvironmentPicker({ grantId, view, actions }: Props) {
  const t = useTranslations("environments.picker");
  const { options } = view;
  const limit = pickLimit(view);
  const connector = useMemo(
    () => ({ id: view.connectorId, name: view.connectorName }),
    [view.connectorId, view.connectorName],
  );
  const selection = useSelection(grantId, options, limit);
  const [query, setQuery] = useState("");
  const [isOnlyPicked, setIsOnlyPicked] = useState(false);
  const deferredQuery = useDeferredValue(query);
  const { picked, toggle } = selection;
  const visible = useMemo(
    () =>
      options.filter(
        (option) => matchesSearch(option, deferredQuery) && (!isOnlyPicked || picked.has(option.candidateId)),
      ),
    [options, deferredQuery, isOnlyPicked, picked],
  );
  const toggleVisible = useCallback(
    (id: string, isPicked: boolean, isRange: boolean) => toggle(id, isPicked, isRange, visible),
    [toggle, visible],
  );
  return (
    <>
      <PickerNotes view={view} actions={actions} />
      <ActionForm
        action={actions.selectEnvironments}
        hidden={{ linkToken: view.linkToken }}
        className="grid gap-4"
      >
        <FormError />
        {[...picked].map((id) => (
          <input key={id} type="hidden" name="candidateIds" value={id} />
        ))}
        <Card>
          <PickerToolbar
            connectorId={view.connectorId}
            options={options}
            visible={visible}
            limit={limit}
            query={query}
            onQuery={setQuery}
            isOnlyPicked={isOnlyPicked}
            onOnlyPicked={setIsOnlyPicked}
            selection={selection}
          />
          <EnvironmentList
            connector={connector}
            options={options}
            visible={visible}
            picked={picked}
            onToggle={toggleVisible}
          />
          {visible.length === 0 && (
            <p className="px-4 py-8 text-center text-sm text-ink-soft sm:px-6">
              {t(isOnlyPicked ? "nothingPicked" : "nothingFound")}
            </p>
          )}
        </Card>
        <PickerFooter view={view} pickedCount={picked.size} limit={limit} />
      </ActionForm>
    </>
  );
}
