import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useVendorWords } from "@/components/flow/use-vendor-words";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { HoldView } from "@/lib/connection/hold/schema";
import type { EnvironmentView, PartnerRequestDetails, RequestMail } from "@/lib/partner/monitoring/schema";
import { mayAsRole, type PartnerRole } from "@/lib/partner/organization/roles";
import { ConnectionPill } from "../connection/connection-pill";
import { type HoldActions, HoldButtons, HoldNotes } from "../connection/hold-card";
import { OUTCOME_LOOKS } from "../flow/status/activation-states";
import { VendorAnswerDetails } from "../flow/status/vendor-answer-details";
import { DecideForm } from "./decide-form";
import { ExtendForm } from "./extend-form";
import { IntegrationFact } from "./integration-fact";
import { NoteForm } from "./note-form";
import { ResendRequestMail } from "./resend-request-mail";

type RequestActions = {
  decide: FormAction;
  /** Gets `requestId`. */
  cancel: FormAction;
  /** Gets `requestId` and `to`. */
  extend: FormAction;
  /** Gets `requestId`. */
  askForRetry: FormAction;
  /** Gets `requestId` and `mailId`. */
  resend: FormAction;
  /** Gets `requestId` and `body`. */
  addNote: FormAction;
  holds: HoldActions;
};
type Props = {
  request: PartnerRequestDetails;
  role: PartnerRole;
  backHref: string;
  endHref: (connectionId: string) => string;
  actions: RequestActions;
  live: ReactNode;
  timeline: ReactNode;
};

const REQUEST_TONES = {
  awaiting_partner: "warning",
  processing: "info",
  settled: "success",
  cancelled: "neutral",
} as const;

type HeldProps = {
  connection: { id: string; environmentName: string; holds: HoldView[] };
  request: PartnerRequestDetails;
  role: PartnerRole;
  actions: HoldActions;
};

/** What holds the connection, and the buttons for a role that may pause. */
function Held({ connection, request, role, actions }: HeldProps) {
  const { integrationName, connectorName, partnerName } = request;
  const held = { ...connection, integrationName, connectorName, partnerName };
  return (
    <>
      <HoldNotes connection={held} side="partner" lift={actions.lift} />
      {mayAsRole(role, "connections.pause") && (
        <HoldButtons
          connection={held}
          side="partner"
          mayEnd={mayAsRole(role, "connections.end")}
          actions={actions}
        />
      )}
    </>
  );
}

type EnvironmentProps = Omit<HeldProps, "connection"> & {
  environment: EnvironmentView;
  endHref: (connectionId: string) => string;
};

function Environment({ environment, request, role, actions, endHref }: EnvironmentProps) {
  const end = useTranslations("partner.end");
  const t = useTranslations("partner.request.environments");
  const words = useTranslations();
  const failure = useVendorWords(request.connectorId, "failures");
  const { connection, failureReason } = environment;
  const connector = request.connectorName;
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="grid min-w-0 gap-0.5">
          <span className="font-medium wrap-anywhere">{environment.name}</span>
          <span className="text-ink-soft tabular-nums">
            {environment.businessId && `${environment.businessId} · `}
            {t.rich("since", { time: () => <Time at={environment.since} /> })}
          </span>
        </p>
        <StatusPill {...OUTCOME_LOOKS[environment.outcome]}>
          {words(`states.activation.${environment.outcome}`)}
        </StatusPill>
      </div>
      {failureReason && (
        <p>
          <span className="font-medium">{failure(`${failureReason}.title`, { connector })}</span>{" "}
          <span className="text-ink-soft">
            {failure(`${failureReason}.whatToDo`, {
              connector,
              partner: request.partnerName,
              integration: request.integrationName,
            })}
          </span>
        </p>
      )}
      {environment.rejectionReason && (
        <p className="wrap-anywhere">{t("reason", { reason: environment.rejectionReason })}</p>
      )}
      {environment.vendorAnswer && (
        <VendorAnswerDetails answer={environment.vendorAnswer} connectorName={connector} />
      )}
      {connection && (
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-ink-soft">{t("connection")}</span>
          <ConnectionPill
            connection={{
              state: connection.state,
              stepsLeft: 0,
              isPaused: connection.holds.some(({ hasBegun }) => hasBegun),
            }}
          />
          {connection.attention && (
            <span>{words(`attention.${connection.attention}.title`, { connector })}</span>
          )}
        </p>
      )}
      {connection?.canEnd && mayAsRole(role, "connections.end") && (
        <p>
          <TextLink href={endHref(connection.id)}>{end("open")}</TextLink>
        </p>
      )}
      {connection?.canEnd && (
        <Held
          connection={{ ...connection, environmentName: environment.name }}
          {...{ request, role, actions }}
        />
      )}
    </li>
  );
}

function Facts({ request }: { request: PartnerRequestDetails }) {
  const t = useTranslations("partner.request.facts");
  return (
    <DescriptionList>
      <IntegrationFact of={request} />
      <Description term={t("submitted")}>
        <Time at={request.submittedAt} />
      </Description>
      <Description term={t("by")}>
        <span className="wrap-anywhere">{request.submittedBy}</span>
      </Description>
      {request.state === "awaiting_partner" && (
        <Description term={t("deadline")}>
          <Time at={request.deadlineAt} />
        </Description>
      )}
      {request.settledAt && (
        <Description term={t("settled")}>
          <Time at={request.settledAt} />
        </Description>
      )}
      {request.formAnswers.map(({ label, value }) => (
        <Description key={label} term={label}>
          <span className="whitespace-pre-line wrap-anywhere">{value}</span>
        </Description>
      ))}
      <Description term={t("id")}>
        <code className="text-xs wrap-anywhere">{request.id}</code>
      </Description>
    </DescriptionList>
  );
}

function Mails({
  mails,
  requestId,
  mayResend,
  resend,
}: {
  mails: RequestMail[];
  requestId: string;
  mayResend: boolean;
  resend: FormAction;
}) {
  const t = useTranslations("partner.request.mails");
  const kinds = useTranslations("operator.mails");
  if (mails.length === 0) return <p className="text-sm text-ink-soft">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line text-sm">
      {mails.map((mail) => (
        <li key={mail.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
          <div className="grid min-w-0 gap-0.5">
            <p className="wrap-anywhere">
              {kinds.has(`kinds.${mail.kind}`) ? kinds(`kinds.${mail.kind}`) : mail.kind}
            </p>
            <p className="text-ink-soft wrap-anywhere">
              {mail.recipientMasked} · {kinds(`states.${mail.state}`)} · <Time at={mail.at} />
            </p>
          </div>
          {mail.state === "failed" && mayResend && (
            <ResendRequestMail requestId={requestId} mailId={mail.id} resend={resend} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** One request: decide, and see all that happened. */
export function RequestDetail({ request, role, backHref, endHref, actions, live, timeline }: Props) {
  const t = useTranslations("partner.request");
  const note = useTranslations("partner.note");
  const happened = useTranslations("timeline");
  const states = useTranslations("states.request");
  const isWaiting = request.state === "awaiting_partner";
  const mayDecide = isWaiting && mayAsRole(role, "requests.decide");
  const [first] = request.environments;
  return (
    <>
      <div className="grid gap-3">
        <p className="flex flex-wrap items-center justify-between gap-3 text-sm">
          <TextLink href={backHref}>{t("back")}</TextLink>
          {live}
        </p>
        <PageHeading
          title={t("title", { company: first?.name ?? "", others: request.environments.length - 1 })}
        />
        <p className="flex flex-wrap items-center gap-3">
          <StatusPill tone={REQUEST_TONES[request.state]}>{states(request.state)}</StatusPill>
          <CopyButton text={request.id} label={t("copyId")} />
        </p>
      </div>
      {mayDecide && (
        <DecideForm
          requestId={request.id}
          isFormPending={request.partnerSteps === "form"}
          environments={request.environments.map(({ environmentId, name, businessId }) => ({
            environmentId,
            name,
            businessId,
          }))}
          decide={actions.decide}
        />
      )}
      {mayDecide && request.extensions.length > 0 && (
        <ExtendForm
          requestId={request.id}
          deadlineAt={request.deadlineAt}
          extensions={request.extensions}
          extend={actions.extend}
        />
      )}
      <CardSection
        id="environments"
        title={t("environments.title", { count: request.environments.length })}
        aside={
          request.retryableCount > 0 &&
          mayAsRole(role, "requests.decide") && (
            <ConfirmDialog
              trigger={t("retry.open")}
              triggerSize="small"
              title={t("retry.title", { count: request.retryableCount })}
              description={t("retry.body")}
              keepLabel={t("retry.keep")}
              confirmLabel={t("retry.confirm")}
              confirmVariant="primary"
              pendingLabel={t("retry.pending")}
              action={actions.askForRetry}
              hidden={{ requestId: request.id }}
            />
          )
        }
      >
        <ul className="divide-y divide-line">
          {request.environments.map((environment) => (
            <Environment
              key={environment.environmentId}
              environment={environment}
              request={request}
              role={role}
              actions={actions.holds}
              endHref={endHref}
            />
          ))}
        </ul>
      </CardSection>
      <CardSection
        id="facts"
        title={t("facts.title")}
        aside={
          mayDecide && (
            <ConfirmDialog
              trigger={t("cancel.open")}
              triggerVariant="quiet"
              triggerSize="small"
              title={t("cancel.title")}
              description={t("cancel.body")}
              keepLabel={t("cancel.keep")}
              confirmLabel={t("cancel.confirm")}
              pendingLabel={t("cancel.pending")}
              action={actions.cancel}
              hidden={{ requestId: request.id }}
            />
          )
        }
      >
        <Facts request={request} />
      </CardSection>
      <CardSection id="timeline" title={happened("title")}>
        {timeline}
      </CardSection>
      {mayAsRole(role, "requests.note") && (
        <CardSection id="note" title={note("title")}>
          <NoteForm requestId={request.id} addNote={actions.addNote} />
        </CardSection>
      )}
      <CardSection id="mails" title={t("mails.title")}>
        <Mails
          mails={request.mails}
          requestId={request.id}
          mayResend={mayAsRole(role, "mails.resend")}
          resend={actions.resend}
        />
      </CardSection>
    </>
  );
}
