import { CircleCheck, CircleMinus, CircleX, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Spinner } from "@/components/ui/spinner";
import { SubmitButton } from "@/components/ui/submit-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { VendorAnswer } from "@/lib/core/vendor-answer";
import type { ApplicationView, TrialCheck, TrialView } from "@/lib/partner/application/schema";

const ICONS = { running: LoaderCircle, passed: CircleCheck, failed: CircleX, skipped: CircleMinus } as const;
const COLOURS = {
  running: "animate-spin text-accent-text",
  passed: "text-success-text",
  failed: "text-danger-text",
  skipped: "text-ink-soft",
} as const;

function Check({ check }: { check: TrialCheck }) {
  const t = useTranslations("partnerApplications.trial.check");
  const Icon = ICONS[check.state];
  return (
    <li className="flex gap-2.5 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${COLOURS[check.state]}`} />
      <p className="grid min-w-0 gap-0.5">
        <span>
          {check.title}
          {check.state === "skipped" ? (
            <span className="text-ink-soft"> ({t(check.state)})</span>
          ) : (
            <VisuallyHidden> {t(check.state)}</VisuallyHidden>
          )}
        </span>
        {check.note && <span className="text-ink-soft">{check.note}</span>}
      </p>
    </li>
  );
}

/** Open, not behind a click: they are what the partner came for. */
function VendorWords({ answer, connector }: { answer: VendorAnswer; connector: string }) {
  const t = useTranslations("status.vendorAnswer");
  const { messages, operation, status } = answer;
  return (
    <div className="mt-2 grid gap-1 rounded-lg border border-line bg-surface px-3.5 py-2.5">
      {messages.length > 0 ? (
        <ul className="grid gap-1 font-medium wrap-anywhere">
          {messages.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      ) : (
        <p>{t("noWords", { connector })}</p>
      )}
      <p className="text-ink-soft wrap-anywhere">
        <code className="text-xs">{operation}</code> ·{" "}
        {status === null ? t("noAnswer") : t("status", { status: String(status) })}
      </p>
    </div>
  );
}

function Outcome({ trial, connector, isInUse }: { trial: TrialView; connector: string; isInUse: boolean }) {
  const t = useTranslations("partnerApplications.trial");
  const { state, kind, failure, vendorAnswer } = trial;
  if (state === "waiting" || state === "running")
    return (
      <div role="status" className="text-sm text-ink-soft">
        <Spinner>{t(state, { connector })}</Spinner>
        {/* What happened between the page and its stream is not told by the stream. */}
        <RefreshEvery seconds={2} />
      </div>
    );
  if (state === "passed")
    return <Alert tone="success">{t(kind === "live" ? "passedLive" : "passedChange", { connector })}</Alert>;
  if (!failure) return null;
  return (
    <Alert
      tone={failure === "unreachable" || failure === "not_tried" ? "warning" : "danger"}
      title={t(`failure.${failure}.title`, { connector })}
    >
      <p>{t(`failure.${failure}.body`, { connector })}</p>
      {isInUse && <p>{t("unchanged")}</p>}
      {vendorAnswer && <VendorWords answer={vendorAnswer} connector={connector} />}
    </Alert>
  );
}

type Props = {
  application: ApplicationView;
  mayManage: boolean;
  changeHref: string;
  actions: { tryIt: FormAction; discard: FormAction };
};

function TryButton({ tryIt, what, isMain }: { tryIt: FormAction; what: "live" | "change"; isMain: boolean }) {
  const t = useTranslations("partnerApplications.trial");
  return (
    <ActionForm action={tryIt} hidden={{ what }} className="grid gap-2">
      <FormError />
      <SubmitButton variant={isMain ? "primary" : "secondary"} size="small" pendingLabel={t("trying")}>
        {t(what === "live" ? "tryLive" : "again")}
      </SubmitButton>
    </ActionForm>
  );
}

/** How the newest trial goes or went, and what to do about it. */
export function TrialPanel({ application, mayManage, changeHref, actions }: Props) {
  const t = useTranslations("partnerApplications.trial");
  const { current, connectorName, canBeTried } = application;
  const isUnderWay = current?.state === "waiting" || current?.state === "running";
  const isRefusedChange = current?.kind === "change" && current.state === "refused";
  return (
    <CardSection
      id="trial"
      title={t("title")}
      intro={current ? t(current.kind, { connector: connectorName }) : undefined}
    >
      <div className="grid gap-4">
        {current && current.checks.length > 0 && (
          <ol className="grid gap-2" aria-live="polite">
            {current.checks.map((check) => (
              <Check key={check.title} check={check} />
            ))}
          </ol>
        )}
        {current && (
          <Outcome
            trial={current}
            connector={connectorName}
            isInUse={application.state === "change_refused"}
          />
        )}
        {mayManage && canBeTried && !isUnderWay && (
          <div className="flex flex-wrap items-start gap-2">
            {isRefusedChange ? (
              <>
                <LinkButton href={changeHref} variant="primary" size="small">
                  {t("edit")}
                </LinkButton>
                <TryButton tryIt={actions.tryIt} what="change" isMain={false} />
                <ConfirmDialog
                  trigger={t("discard.open")}
                  triggerVariant="quiet"
                  triggerSize="small"
                  title={t("discard.title")}
                  description={t("discard.body")}
                  keepLabel={t("discard.keep")}
                  confirmLabel={t("discard.confirm")}
                  pendingLabel={t("discard.pending")}
                  action={actions.discard}
                  hidden={{}}
                />
              </>
            ) : (
              <TryButton tryIt={actions.tryIt} what="live" isMain={application.state === "untried"} />
            )}
          </div>
        )}
      </div>
    </CardSection>
  );
}
