"use client";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { RequestView } from "@/lib/activation/request/schema";
import { SupportContact } from "../support-contact";

export type StatusActions = {
  /** Gets `requestId`. */
  cancelRequest: FormAction;
  /** Gets `requestId`; makes a new request for what did not become active. */
  retryRequest: FormAction;
  /** Gets `integrationId`; goes on with the next companies of the account's plan. */
  continuePlan: FormAction;
};

export type StatusHrefs = {
  home: string;
  review: string;
  partnerSteps: string;
  acceptance: string;
  receipt: string;
  signIn: string;
};

/** From here on trying again alone is unlikely to help. */
const REPEATED_REJECTIONS = 2;

function Retry({ view, retryRequest }: { view: RequestView; retryRequest: FormAction }) {
  const t = useTranslations("status.retry");
  const variant = view.rejectedInARow >= REPEATED_REJECTIONS ? "secondary" : "primary";
  return (
    <ActionForm
      action={retryRequest}
      hidden={{ requestId: view.id }}
      className="grid justify-items-start gap-3"
    >
      <FormError />
      <SubmitButton variant={variant} pendingLabel={t("pending")}>
        <RotateCcw aria-hidden className="size-4" />
        {t("button", { count: view.retryableCount })}
      </SubmitButton>
    </ActionForm>
  );
}

/** What comes next: the rest of a plan, or more companies of the account's own choice. */
function GoOn({
  view,
  continuePlan,
  reviewHref,
}: {
  view: RequestView;
  continuePlan: FormAction;
  reviewHref: string;
}) {
  const t = useTranslations("status.goOn");
  const { nextBatch } = view;
  if (nextBatch) {
    const { integrationId, count, leftCount: left, totalCount: total } = nextBatch;
    return (
      <ActionForm action={continuePlan} hidden={{ integrationId }} className="grid justify-items-start gap-2">
        <FormError />
        <p className="text-sm text-ink-soft">{t("left", { left, total })}</p>
        <SubmitButton pendingLabel={t("pending")}>{t("next", { count, total })}</SubmitButton>
      </ActionForm>
    );
  }
  if (view.settledAt === null || !view.activations.some(({ state }) => state === "active")) return null;
  return (
    <LinkButton href={reviewHref} variant="secondary">
      {t("addCompanies")}
    </LinkButton>
  );
}

function Cancel({ view, cancelRequest }: { view: RequestView; cancelRequest: FormAction }) {
  const t = useTranslations("status.cancel");
  const values = { partner: view.partnerName, connector: view.connectorName, count: view.activations.length };
  return (
    <ConfirmDialog
      trigger={t("open")}
      title={t("title")}
      description={t("body", values)}
      keepLabel={t("keep")}
      confirmLabel={t("confirm")}
      pendingLabel={t("pending")}
      action={cancelRequest}
      hidden={{ requestId: view.id }}
    />
  );
}

/** What can be done about the request now. */
export function RequestActions({
  view,
  actions,
  hrefs,
}: {
  view: RequestView;
  actions: StatusActions;
  hrefs: StatusHrefs;
}) {
  const t = useTranslations("status");
  const canRetry = view.retryableCount > 0;
  const canStartAgain =
    view.settledAt !== null &&
    view.activations.some(({ state }) => state === "rejected" || state === "cancelled");
  return (
    <>
      {view.rejectedInARow >= REPEATED_REJECTIONS && (
        <Alert
          tone="warning"
          role="note"
          title={t("repeated.title", { partner: view.partnerName })}
          action={<SupportContact support={view.support} />}
        >
          {t("repeated.body", { count: view.rejectedInARow, partner: view.partnerName })}
        </Alert>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        {canRetry && <Retry view={view} retryRequest={actions.retryRequest} />}
        <GoOn view={view} continuePlan={actions.continuePlan} reviewHref={hrefs.review} />
        {view.canCancel && <Cancel view={view} cancelRequest={actions.cancelRequest} />}
        {canStartAgain && (
          <TextLink href={hrefs.review} className="text-sm">
            {t("startAgain")}
          </TextLink>
        )}
        <TextLink href={hrefs.home} className="text-sm">
          {t("toHome")}
        </TextLink>
      </div>
    </>
  );
}
