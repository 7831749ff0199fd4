import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { WebhookAttemptView, WebhookDeliveryView } from "@/lib/partner/webhook/schema";
import { DELIVERY_TONES, TYPE_WORDS } from "./event-words";

type Props = {
  delivery: WebhookDeliveryView & { attempts: WebhookAttemptView[] };
  isActive: boolean;
  mayManage: boolean;
  live: ReactNode;
  backHref: string;
  replay: FormAction;
};

function Code({ children }: { children: string }) {
  return (
    <pre className="max-h-80 overflow-auto rounded-md bg-sunken px-3 py-2 text-xs whitespace-pre-wrap wrap-anywhere">
      {children}
    </pre>
  );
}

/** JSON with its lines, anything else as it is. */
function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Attempt({ attempt }: { attempt: WebhookAttemptView }) {
  const t = useTranslations("partnerWebhooks.delivery");
  const { status, error, answer, request, startedAt, endedAt } = attempt;
  const isWell = status !== null && status >= 200 && status < 300;
  const words =
    status !== null
      ? t("answered", { status: String(status) })
      : endedAt === null
        ? t("interrupted")
        : t("noAnswer", { error: error ?? "" });
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 wrap-anywhere">
          <Time at={startedAt} /> · {words}
        </p>
        <StatusPill tone={isWell ? "success" : "danger"}>{status === null ? "–" : status}</StatusPill>
      </div>
      <Disclosure summary={t("request", { url: request.url })}>
        <div className="grid gap-2">
          <p className="text-xs text-ink-soft">{t("signedAt", { timestamp: String(request.timestamp) })}</p>
          <Code>{indent(request.body)}</Code>
        </div>
      </Disclosure>
      {status !== null && (
        <Disclosure summary={t("answer")}>
          {answer ? <Code>{answer}</Code> : <p className="text-ink-soft">{t("emptyAnswer")}</p>}
        </Disclosure>
      )}
    </li>
  );
}

function Again({ delivery, isActive, replay }: Pick<Props, "delivery" | "isActive" | "replay">) {
  const t = useTranslations("partnerWebhooks.delivery");
  if (delivery.state === "pending") return <p className="text-sm text-ink-soft">{t("underWay")}</p>;
  if (!isActive) return <p className="text-sm text-ink-soft">{t("inactive")}</p>;
  return (
    <ActionForm action={replay} className="grid gap-3">
      <FormError />
      <div>
        <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
          {t("again")}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}

/** One event on its way to one endpoint, with every request and its answer. */
export function DeliveryDetail({ delivery, isActive, mayManage, live, backHref, replay }: Props) {
  const t = useTranslations("partnerWebhooks");
  const types = useTranslations("partnerWebhooks.types");
  const { event, state, attempts, deliveredAt, nextAttemptAt } = delivery;
  return (
    <>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <TextLink href={backHref} className="text-sm">
            {t("delivery.back")}
          </TextLink>
          {live}
        </div>
        <PageHeading title={types(TYPE_WORDS[event.type])}>
          <p>
            <StatusPill tone={DELIVERY_TONES[state]}>{t(`log.states.${state}`)}</StatusPill>
          </p>
        </PageHeading>
        {mayManage && <Again delivery={delivery} isActive={isActive} replay={replay} />}
      </div>
      <CardSection
        id="event"
        title={t("delivery.event")}
        aside={<CopyButton text={event.id} label={t("delivery.copyId")} />}
      >
        <DescriptionList>
          <Description term={t("delivery.eventId")}>
            <code className="text-xs wrap-anywhere">{event.id}</code>
          </Description>
          <Description term={t("delivery.happened")}>
            <Time at={event.timestamp} />
          </Description>
          <Description term={t("delivery.subject")}>
            <code className="text-xs wrap-anywhere">{event.subjectId}</code>
          </Description>
          <Description term={t("delivery.sequence")}>{event.sequence}</Description>
          {deliveredAt && (
            <Description term={t("delivery.delivered")}>
              <Time at={deliveredAt} />
            </Description>
          )}
          {nextAttemptAt && (
            <Description term={t("delivery.next")}>
              <Time at={nextAttemptAt} />
            </Description>
          )}
          <Description term={t("delivery.data")}>
            <Code>{JSON.stringify(event.data, null, 2)}</Code>
          </Description>
        </DescriptionList>
      </CardSection>
      <CardSection id="attempts" title={t("delivery.attempts", { count: attempts.length })}>
        {attempts.length > 0 && (
          <ol className="divide-y divide-line">
            {[...attempts].reverse().map((attempt) => (
              <Attempt key={attempt.startedAt} attempt={attempt} />
            ))}
          </ol>
        )}
      </CardSection>
    </>
  );
}
