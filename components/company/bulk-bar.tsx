"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmSeveral } from "@/components/connection/confirm-several";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { useCompanySelection } from "./selection";

/** What can be done with a company of the page. */
export type BulkCompany = {
  id: string;
  checkable: string[];
  endable: { id: string; label: string }[];
  /** Ids of integrations that could be activated there. */
  lacking: string[];
};

export type BulkActions = {
  /** Gets `connectionIds`. */
  checkConnections: FormAction;
  /** Gets `connectionIds` and `reason`. */
  deactivateConnections: FormAction;
  /** Gets `integrationId` and `companyIds`. */
  startPlan: FormAction;
};

type Props = {
  companies: readonly BulkCompany[];
  integrations: readonly { id: string; name: string }[];
  maxEnded: number;
  actions: BulkActions;
};

type Done = { kind: "checked" | "ended"; count: number };

function Activate({
  companies,
  integrations,
  startPlan,
}: Pick<Props, "companies" | "integrations"> & { startPlan: FormAction }) {
  const t = useTranslations("companies.bulk");
  const offered = integrations.filter(({ id }) => companies.some(({ lacking }) => lacking.includes(id)));
  const [only, ...others] = offered;
  if (!only) return null;
  return (
    <ActionForm action={startPlan} className="flex flex-wrap items-center gap-2">
      <FormError />
      {companies.map(({ id }) => (
        <input key={id} type="hidden" name="companyIds" value={id} />
      ))}
      {others.length === 0 ? (
        <input type="hidden" name="integrationId" value={only.id} />
      ) : (
        <Select name="integrationId" aria-label={t("which")} className="min-h-8 py-1">
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      <SubmitButton size="small" pendingLabel={t("checking")} className="whitespace-normal">
        {others.length === 0 ? t("activate", { integration: only.name }) : t("activateChosen")}
      </SubmitButton>
    </ActionForm>
  );
}

/** What is done with the ticked companies; there from the beginning, so that one sees that it can be done. */
export function BulkBar({ companies, integrations, maxEnded, actions }: Props) {
  const t = useTranslations("companies.bulk");
  const { ticked, tick } = useCompanySelection();
  const [done, setDone] = useState<Done | null>(null);
  const picked = companies.filter(({ id }) => ticked.has(id));
  const checkable = picked.flatMap((company) => company.checkable);
  const endable = picked.flatMap((company) => company.endable);
  /** Told here: what the buttons were about may not be on the page any more. */
  const tell =
    (kind: Done["kind"], action: FormAction): FormAction =>
    async (previous, data) => {
      const state = await action(previous, data);
      if (state.status === "ok") {
        setDone({ kind, count: data.getAll("connectionIds").length });
        tick([...ticked], false);
      }
      return state;
    };
  return (
    <section aria-label={t("label")} className="grid gap-3 border-t border-line pt-4">
      {done && <Alert tone="success">{t(done.kind, { count: done.count })}</Alert>}
      <div className="flex flex-wrap items-center gap-2">
        <p aria-live="polite" className="mr-2 text-sm text-ink-soft tabular-nums">
          {t("count", { count: picked.length })}
        </p>
        <ActionForm action={tell("checked", actions.checkConnections)} className="flex flex-wrap gap-2">
          <FormError />
          {checkable.map((id) => (
            <input key={id} type="hidden" name="connectionIds" value={id} />
          ))}
          <SubmitButton
            variant="secondary"
            size="small"
            pendingLabel={t("checking")}
            disabled={checkable.length === 0 || checkable.length > maxEnded}
          >
            {t("check")}
          </SubmitButton>
        </ActionForm>
        <ConfirmSeveral
          connections={endable}
          isTooMany={endable.length > maxEnded}
          size="small"
          action={tell("ended", actions.deactivateConnections)}
        />
        <Activate companies={picked} integrations={integrations} startPlan={actions.startPlan} />
      </div>
      {endable.length > maxEnded && (
        <p role="status" className="text-sm text-warning-text">
          {t("tooMany", { max: maxEnded })}
        </p>
      )}
    </section>
  );
}
