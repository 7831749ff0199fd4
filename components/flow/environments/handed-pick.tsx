import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import { SubmitButton } from "@/components/ui/submit-button";
import type { EnvironmentsView } from "@/lib/activation/draft/schema";
import { ContinueAtVendor } from "./continue-at-vendor";
import type { EnvironmentsActions } from "./environments-actions";

/** What the one who handed the draft over picked: taken as it is, or a consent of one's own takes its place. */
export function HandedPick({ view, actions }: { view: EnvironmentsView; actions: EnvironmentsActions }) {
  const t = useTranslations("environments.handed");
  const picked = view.options.filter(({ isPicked }) => isPicked);
  const values = { connector: view.connectorName, count: picked.length };
  return (
    <Card className="grid gap-4 px-4 py-5 sm:px-6">
      <h2 className="font-semibold">{t("title", values)}</h2>
      <p className="text-sm text-ink-soft">{t("body", values)}</p>
      <ul className="divide-y divide-line text-sm">
        {picked.map(({ candidateId, name, externalId, businessId }) => (
          <li key={candidateId} className="flex flex-wrap justify-between gap-x-4 py-2">
            <span className="min-w-0 font-medium wrap-anywhere">{name ?? externalId}</span>
            <span className="text-ink-soft">{businessId}</span>
          </li>
        ))}
      </ul>
      <ActionForm
        action={actions.selectEnvironments}
        hidden={{ linkToken: view.linkToken }}
        className="grid justify-items-start gap-3"
      >
        <FormError className="w-full" />
        {picked.map(({ candidateId }) => (
          <input key={candidateId} type="hidden" name="candidateIds" value={candidateId} />
        ))}
        <SubmitButton size="large" pendingLabel={t("pending")}>
          {t("submit", values)}
        </SubmitButton>
      </ActionForm>
      <ContinueAtVendor
        variant="secondary"
        linkToken={view.linkToken}
        connectorName={view.connectorName}
        beginConsent={actions.beginConsent}
      />
    </Card>
  );
}
