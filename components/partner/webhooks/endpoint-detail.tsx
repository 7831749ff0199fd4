import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { DeliveryLog, type Log } from "./delivery-log";
import type { EndpointOfStage } from "./endpoint-list";
import { ENDPOINT_TONES, TYPE_WORDS } from "./event-words";
import { type SecretAction, SecretForm } from "./secret-form";

type Props = {
  endpoint: EndpointOfStage;
  log: Log;
  mayManage: boolean;
  live: ReactNode;
  hrefs: { back: string; self: string; edit: string; replay: string };
  actions: {
    setState: FormAction;
    rotate: SecretAction;
    endFormer: FormAction;
    sendTest: FormAction;
    remove: FormAction;
  };
};

function stateWords({ state, disabledBecause }: EndpointOfStage) {
  if (state !== "disabled") return `state.${state}` as const;
  return disabledBecause === "gone" ? "state.disabledGone" : "state.disabledFailing";
}

function State({
  endpoint,
  held,
  mayManage,
  setState,
  replayHref,
}: {
  endpoint: EndpointOfStage;
  held: number;
  mayManage: boolean;
  setState: FormAction;
  replayHref: string;
}) {
  const t = useTranslations("partnerWebhooks");
  const { state, failingSince } = endpoint;
  const isActive = state === "active";
  return (
    <CardSection id="state" title={t("state.title")} intro={t(stateWords(endpoint))}>
      <div className="grid gap-3">
        {failingSince && (
          <p className="text-sm text-warning-text">
            {t.rich("failing", { time: () => <Time at={failingSince} /> })}
          </p>
        )}
        {held > 0 && (
          <Alert
            tone="warning"
            role="note"
            action={mayManage && <TextLink href={`${replayHref}?what=held`}>{t("state.toHeld")}</TextLink>}
          >
            {t("state.held", { count: held })}
          </Alert>
        )}
        {mayManage && (
          <ActionForm
            action={setState}
            hidden={{ state: isActive ? "paused" : "active" }}
            className="grid gap-3"
          >
            <FormError />
            <div>
              <SubmitButton
                variant={isActive ? "secondary" : "primary"}
                size="small"
                pendingLabel={t(isActive ? "state.pausing" : "state.activating")}
              >
                {t(isActive ? "state.pause" : "state.activate")}
              </SubmitButton>
            </div>
          </ActionForm>
        )}
      </div>
    </CardSection>
  );
}

function Secret({
  endpoint,
  rotate,
  endFormer,
}: {
  endpoint: EndpointOfStage;
  rotate: SecretAction;
  endFormer: FormAction;
}) {
  const t = useTranslations("partnerWebhooks.secret");
  const until = endpoint.previousSecretUntil;
  return (
    <CardSection
      id="secret"
      title={t("title")}
      intro={until ? t.rich("two", { time: () => <Time at={until} /> }) : t("one")}
    >
      {/* In one place whether one secret signs or two: what was shown stays when the page reads itself again. */}
      <SecretForm action={rotate} className="grid gap-3">
        {until ? null : (
          <>
            <p className="text-sm text-ink-soft">{t("rotateHelp")}</p>
            <div>
              <SubmitButton variant="secondary" size="small" pendingLabel={t("rotating")}>
                {t("rotate")}
              </SubmitButton>
            </div>
          </>
        )}
      </SecretForm>
      {until && (
        <ConfirmDialog
          trigger={t("end.open")}
          triggerSize="small"
          title={t("end.title")}
          description={t("end.body")}
          keepLabel={t("end.keep")}
          confirmLabel={t("end.confirm")}
          pendingLabel={t("end.pending")}
          action={endFormer}
          hidden={{}}
        />
      )}
    </CardSection>
  );
}

function TestEvent({ isActive, sendTest }: { isActive: boolean; sendTest: FormAction }) {
  const t = useTranslations("partnerWebhooks.test");
  return (
    <CardSection id="test" title={t("title")} intro={t("intro")}>
      {isActive ? (
        <ActionForm action={sendTest} className="grid gap-3">
          <FormError />
          <div>
            <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
              {t("submit")}
            </SubmitButton>
            <SavedNote>{t("sent")}</SavedNote>
          </div>
        </ActionForm>
      ) : (
        <p className="text-sm">{t("inactive")}</p>
      )}
    </CardSection>
  );
}

/** One endpoint of the partner's software. */
export function EndpointDetail({ endpoint, log, mayManage, live, hrefs, actions }: Props) {
  const t = useTranslations("partnerWebhooks");
  const types = useTranslations("partnerWebhooks.types");
  const stages = useTranslations("partner.stages");
  const { url, description, stage, state, eventTypes } = endpoint;
  return (
    <>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <TextLink href={hrefs.back} className="text-sm">
            {t("back")}
          </TextLink>
          {live}
        </div>
        <PageHeading title={<span className="wrap-anywhere">{url}</span>}>
          <p className="flex flex-wrap items-center gap-2">
            {stages(stage === "production" ? "production" : "test")}
            <StatusPill tone={ENDPOINT_TONES[state]}>{t(`states.${state}`)}</StatusPill>
          </p>
          {description && <p className="wrap-anywhere">{description}</p>}
          <p>
            {eventTypes.length === 0
              ? t("form.all")
              : eventTypes.map((type) => types(TYPE_WORDS[type])).join(" · ")}
          </p>
        </PageHeading>
        {mayManage && (
          <div className="flex flex-wrap gap-2">
            <LinkButton href={hrefs.edit} variant="secondary" size="small">
              {t("form.editTitle")}
            </LinkButton>
            <ConfirmDialog
              trigger={t("delete.open")}
              triggerVariant="quiet"
              triggerSize="small"
              title={t("delete.title")}
              description={t("delete.body")}
              keepLabel={t("delete.keep")}
              confirmLabel={t("delete.confirm")}
              pendingLabel={t("delete.pending")}
              action={actions.remove}
              hidden={{}}
            />
          </div>
        )}
      </div>
      <State
        endpoint={endpoint}
        held={log.counts.held}
        mayManage={mayManage}
        setState={actions.setState}
        replayHref={hrefs.replay}
      />
      {mayManage && (
        <>
          <Secret endpoint={endpoint} rotate={actions.rotate} endFormer={actions.endFormer} />
          <TestEvent isActive={state === "active"} sendTest={actions.sendTest} />
        </>
      )}
      <DeliveryLog log={log} mayManage={mayManage} hrefs={hrefs} />
    </>
  );
}
