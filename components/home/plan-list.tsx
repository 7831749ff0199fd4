import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PlanView } from "@/lib/activation/plan/schema";

export type PlanActions = {
  /** Gets `integrationId`. */
  continuePlan: FormAction;
  /** Gets `integrationId`. */
  dropPlan: FormAction;
};

function PlanRow({ plan, actions }: { plan: PlanView; actions: PlanActions }) {
  const t = useTranslations("plan");
  const { integrationId, integrationName, partnerName, nextCount, leftCount, totalCount } = plan;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 text-sm first:pt-1 last:pb-0">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">{integrationName}</p>
        <p className="text-ink-soft">
          {t("left", { partner: partnerName, left: leftCount, total: totalCount })}
        </p>
      </div>
      <div className="flex w-full flex-row-reverse flex-wrap items-center justify-between gap-2 sm:w-auto sm:flex-row">
        <ConfirmDialog
          trigger={t("stop.open")}
          triggerVariant="quiet"
          triggerSize="small"
          title={t("stop.title")}
          description={t("stop.body", { left: leftCount, integration: integrationName })}
          keepLabel={t("stop.keep")}
          confirmLabel={t("stop.confirm")}
          pendingLabel={t("stop.pending")}
          action={actions.dropPlan}
          hidden={{ integrationId }}
        />
        <ActionForm action={actions.continuePlan} hidden={{ integrationId }} className="grid gap-2">
          <FormError />
          <SubmitButton size="small" pendingLabel={t("pending")}>
            {t("next", { count: nextCount, total: totalCount })}
          </SubmitButton>
        </ActionForm>
      </div>
    </li>
  );
}

/** What is left of activations in many companies. */
export function PlanList({ plans, actions }: { plans: PlanView[]; actions: PlanActions }) {
  const t = useTranslations("plan");
  return (
    <CardSection id="plans" title={t("title")}>
      <ul className="divide-y divide-line">
        {plans.map((plan) => (
          <PlanRow key={plan.integrationId} plan={plan} actions={actions} />
        ))}
      </ul>
    </CardSection>
  );
}
