"use client";
import { Clock3, LockKeyhole, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { EnvironmentOption, EnvironmentsView, LapsedEnvironment } from "@/lib/activation/draft/schema";
import { useVendorWords } from "../use-vendor-words";
import { BatchInPicker } from "./batch-notes";
import type { EnvironmentsActions } from "./environments-actions";
import { PickerFooter } from "./picker-footer";
import { pickLimit } from "./selection";

type Props = { view: EnvironmentsView; actions: EnvironmentsActions };

/** Where each environment is consented to on its own: those consented to so far, the way to another one, and out again. */
export function ConsentedEnvironments({ view, actions }: Props) {
  const t = useTranslations("environments.several");
  const words = useVendorWords(view.connectorId, "environments.notes");
  const { consent, connectorName: connector, options, lapsed, awaited } = view;
  const pickable = options.filter(({ blocked }) => blocked === null);
  const limit = pickLimit(view);
  return (
    <>
      <div className="grid gap-3 text-sm">
        {view.batch && <BatchInPicker batch={view.batch} options={options} />}
        {awaited.length > 0 && (
          <Alert tone="info" role="note" title={t("awaited", { connector, count: awaited.length })}>
            <ul className="list-disc pl-5">
              {awaited.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </Alert>
        )}
        {lapsed.length > 0 && (
          <Alert tone="warning" title={t("lapsedTitle", { count: lapsed.length })}>
            {t("lapsedBody", { count: lapsed.length })}
          </Alert>
        )}
        {consent.state === "open" && pickable.length > 0 && (
          <p className="text-ink-soft">
            {words.rich("openUntil", { connector, time: () => <Time at={consent.expiresAt} /> })}
          </p>
        )}
      </div>
      <Card>
        <ul aria-label={t("listLabel", { connector })} className="divide-y divide-line">
          {options.map((option) => (
            <ConsentedRow key={option.candidateId} option={option} view={view} actions={actions} />
          ))}
          {lapsed.map((one) => (
            <LapsedRow key={one.externalId} lapsed={one} view={view} actions={actions} />
          ))}
        </ul>
        <AddAnother view={view} actions={actions} isFull={pickable.length >= limit} limit={limit} />
      </Card>
      <ActionForm
        action={actions.selectEnvironments}
        hidden={{ linkToken: view.linkToken }}
        className="grid gap-4"
      >
        <FormError />
        {pickable.map(({ candidateId }) => (
          <input key={candidateId} type="hidden" name="candidateIds" value={candidateId} />
        ))}
        <PickerFooter
          view={{ ...view, options: pickable }}
          pickedCount={pickable.length}
          limit={limit}
          words="several"
          isHeldUp={lapsed.length > 0}
        />
      </ActionForm>
    </>
  );
}

function ConsentedRow({ option, view, actions }: Props & { option: EnvironmentOption }) {
  const t = useTranslations("environments");
  const words = useVendorWords(view.connectorId, "environments.row");
  const name = option.name ?? t("row.unnamed", { id: option.externalId });
  const isHanded = view.handedGrantIds.includes(option.grantId);
  return (
    <Row
      name={name}
      identity={option.businessId ?? t("row.externalId", { id: option.externalId })}
      remove={
        isHanded ? null : <RemoveConsent name={name} grantId={option.grantId} view={view} actions={actions} />
      }
    >
      {option.blocked !== null && (
        <Remark icon={<LockKeyhole aria-hidden className="mt-0.5 size-3.5 shrink-0" />}>
          {words(`blocked.${option.blocked}`, { connector: view.connectorName })}
        </Remark>
      )}
      {isHanded && <Remark>{t("several.handed")}</Remark>}
    </Row>
  );
}

function LapsedRow({ lapsed, view, actions }: Props & { lapsed: LapsedEnvironment }) {
  const t = useTranslations("environments");
  const name = lapsed.name ?? t("row.unnamed", { id: lapsed.externalId });
  return (
    <Row
      name={name}
      identity={t("row.externalId", { id: lapsed.externalId })}
      remove={<RemoveConsent name={name} grantId={lapsed.grantId} view={view} actions={actions} />}
    >
      <Remark icon={<Clock3 aria-hidden className="mt-0.5 size-3.5 shrink-0" />}>
        {t("several.lapsed")}
      </Remark>
    </Row>
  );
}

type RowProps = { name: string; identity: string; remove: ReactNode; children: ReactNode };

function Row({ name, identity, remove, children }: RowProps) {
  return (
    <li className="flex items-start justify-between gap-4 px-4 py-3 sm:px-6">
      <span className="grid min-w-0 gap-0.5">
        <span className="font-medium wrap-anywhere">{name}</span>
        <span className="text-sm text-ink-soft tabular-nums">{identity}</span>
        {children}
      </span>
      {remove}
    </li>
  );
}

function Remark({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <span className="flex items-start gap-1.5 text-sm text-ink-soft">
      {icon}
      {children}
    </span>
  );
}

function RemoveConsent({ name, grantId, view, actions }: Props & { name: string; grantId: string }) {
  const t = useTranslations("environments.several");
  const words = useVendorWords(view.connectorId, "environments.several");
  return (
    <ConfirmDialog
      trigger={
        <>
          {t("remove")} <VisuallyHidden>{name}</VisuallyHidden>
        </>
      }
      triggerSize="small"
      title={t("removeTitle", { name })}
      description={words("removeBody", { connector: view.connectorName })}
      keepLabel={t("keep")}
      confirmLabel={t("remove")}
      pendingLabel={t("removing")}
      action={actions.removeConsent}
      hidden={{ linkToken: view.linkToken, grantId }}
    />
  );
}

function AddAnother({ view, actions, isFull, limit }: Props & { isFull: boolean; limit: number }) {
  const t = useTranslations("environments");
  if (isFull)
    return (
      <p className="border-t border-line px-4 py-4 text-sm text-ink-soft sm:px-6">
        {t("several.full", { limit, partner: view.partnerName })}
      </p>
    );
  return (
    <ActionForm
      action={actions.beginConsent}
      hidden={{ linkToken: view.linkToken }}
      className="grid justify-items-start gap-2 border-t border-line px-4 py-4 sm:px-6"
    >
      <FormError />
      <SubmitButton
        variant="secondary"
        pendingLabel={t("consent.pending", { connector: view.connectorName })}
      >
        <Plus aria-hidden className="size-4" />
        {t("several.add")}
      </SubmitButton>
      <p className="text-sm text-ink-soft">{t("several.addHelp", { connector: view.connectorName })}</p>
    </ActionForm>
  );
}
