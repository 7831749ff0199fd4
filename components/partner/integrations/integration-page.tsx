import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DetailHeading } from "@/components/operator/detail-heading";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { LinkButton } from "@/components/ui/link-button";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { CONNECTIONS_COUNTED } from "@/lib/partner/specification/rules";
import type { IntegrationPageView, ReviewView, VersionView } from "@/lib/partner/specification/schema";
import { ChangeVerdictNote } from "../change-verdict-note";
import { PublicationCountdown, PublicationTimeField } from "./publication-time";
import { RetirementCard } from "./retirement";
import { SUBMISSION_TONES } from "./submission-tones";

type Actions = {
  beginDraft: FormAction;
  publish: FormAction;
  /** Gets `at` and `zone`. */
  schedule: FormAction;
  unschedule: FormAction;
  /** Takes an announced end back. */
  keep: FormAction;
  withdraw: FormAction;
};
type Props = {
  view: IntegrationPageView;
  mayEdit: boolean;
  mayEnd: boolean;
  returnAddress: string;
  hrefs: { list: string; edit: string; retire: string; links: string; newLink: string; connections: string };
  actions: Actions;
};

function Facts({ view, returnAddress, hrefs }: Pick<Props, "view" | "returnAddress" | "hrefs">) {
  const t = useTranslations("integrations.page");
  const stages = useTranslations("partner.stages");
  const isPublished = view.versions.some(({ state }) => state === "published");
  return (
    <CardSection id="facts" title={t("facts")}>
      <DescriptionList>
        <Description term={t("connector")}>
          {view.connectorName} ({stages(view.stage)})
        </Description>
        <Description term={t("application")}>
          <code className="text-xs wrap-anywhere">{view.clientId}</code>
        </Description>
        <Description term={t("returnAddress")}>
          <code className="text-xs wrap-anywhere">{returnAddress}</code>
        </Description>
        <Description term={t("links")}>
          {isPublished || view.linkCount > 0 ? (
            <TextLink href={view.linkCount === 0 ? hrefs.newLink : hrefs.links}>
              {t("toLinks", { count: view.linkCount })}
            </TextLink>
          ) : (
            <span className="text-ink-soft">{t("linksLater")}</span>
          )}
        </Description>
      </DescriptionList>
    </CardSection>
  );
}

type DraftProps = Pick<Props, "view" | "mayEdit" | "hrefs"> & { beginDraft: FormAction };

function Draft({ view, mayEdit, hrefs, beginDraft }: DraftProps) {
  const t = useTranslations("integrations.page.draft");
  const { draft } = view;
  if (!draft)
    return (
      <CardSection id="draft" title={t("title")}>
        <div className="grid justify-items-start gap-3 text-sm">
          <p className="text-ink-soft">{t("none")}</p>
          {mayEdit && (
            <ActionForm action={beginDraft} className="grid justify-items-start gap-3">
              <FormError />
              <SubmitButton pendingLabel={t("beginning")}>{t("begin")}</SubmitButton>
            </ActionForm>
          )}
        </div>
      </CardSection>
    );
  return (
    <CardSection
      id="draft"
      title={t("title")}
      aside={
        <LinkButton href={hrefs.edit} size="small" variant={draft.hasUnsentChanges ? "primary" : "secondary"}>
          {t(mayEdit ? "edit" : "look")}
        </LinkButton>
      }
    >
      <div className="grid gap-1 text-sm">
        <p>{draft.hasUnsentChanges ? t("problems", { count: draft.problems }) : t("same")}</p>
        <p className="text-ink-soft wrap-anywhere">
          {t.rich("saved", { time: () => <Time at={draft.savedAt} />, who: draft.savedBy ?? "none" })}
        </p>
      </div>
    </CardSection>
  );
}

type ReviewProps = {
  review: ReviewView;
  connectorId: string;
  publishedVersion: number | null;
  mayEdit: boolean;
  hasUnsentChanges: boolean;
  actions: Omit<Actions, "beginDraft">;
};

type ScheduleProps = { review: ReviewView; actions: ReviewProps["actions"] };

/** Sets, changes and takes back the time at which an approved version is published by itself. */
function ScheduleButtons({ review, actions }: ScheduleProps) {
  const t = useTranslations("integrations.page.review.schedule");
  const { version, specificationId } = review;
  const waits = review.publication?.refused === null ? review.publication.at : null;
  return (
    <>
      <ConfirmDialog
        trigger={t(waits ? "change" : "open")}
        title={t("title", { version })}
        description={t("body")}
        keepLabel={t("keep")}
        confirmLabel={t("confirm")}
        confirmVariant="primary"
        pendingLabel={t("pending")}
        action={actions.schedule}
        hidden={{ specificationId }}
      >
        <PublicationTimeField at={waits} />
      </ConfirmDialog>
      {waits && (
        <ConfirmDialog
          trigger={t("cancel")}
          title={t("cancelTitle", { version })}
          description={t("cancelBody")}
          keepLabel={t("cancelKeep")}
          confirmLabel={t("cancel")}
          pendingLabel={t("pending")}
          action={actions.unschedule}
          hidden={{ specificationId }}
        />
      )}
    </>
  );
}

type PublicationProps = Pick<ReviewProps, "review" | "publishedVersion" | "hasUnsentChanges">;

/** What is set for an approved version, what stands in its way, and what became of it. */
function Publication({ review, publishedVersion, hasUnsentChanges }: PublicationProps) {
  const t = useTranslations("integrations.page.review.schedule");
  const { publication, state, version } = review;
  if (!publication) return null;
  const { at, refused } = publication;
  const time = () => <Time at={at} isZoned />;
  if (state === "withdrawn") return <p>{t.rich("withdrawn", { time })}</p>;
  if (state !== "approved") return null;
  if (refused !== null)
    return (
      <Alert tone="warning" role="note">
        {t.rich(refused, { time })}
      </Alert>
    );
  const isOlder = publishedVersion !== null && publishedVersion > version;
  return (
    <Alert tone={isOlder ? "warning" : "info"} role="note">
      <p>
        <PublicationCountdown at={at} />
      </p>
      {isOlder && <p>{t("older", { published: publishedVersion })}</p>}
      {hasUnsentChanges && <p>{t("draft", { version })}</p>}
    </Alert>
  );
}

function ReviewButtons({
  review,
  publishedVersion,
  actions,
}: Pick<ReviewProps, "review" | "publishedVersion" | "actions">) {
  const t = useTranslations("integrations.page.review");
  const hidden = { specificationId: review.specificationId };
  const { version, state } = review;
  return (
    <div className="flex flex-wrap gap-2">
      {state === "approved" && (
        <ConfirmDialog
          trigger={t("publish.open")}
          triggerVariant="primary"
          title={t("publish.title", { version })}
          description={
            publishedVersion === null
              ? t("publish.first")
              : t("publish.next", { published: publishedVersion })
          }
          keepLabel={t("publish.keep")}
          confirmLabel={t("publish.confirm")}
          confirmVariant="primary"
          pendingLabel={t("publish.pending")}
          action={actions.publish}
          hidden={hidden}
        />
      )}
      {state === "approved" && <ScheduleButtons review={review} actions={actions} />}
      <ConfirmDialog
        trigger={t("withdraw.open")}
        triggerVariant="quiet"
        title={t("withdraw.title", { version })}
        description={t("withdraw.body")}
        keepLabel={t("withdraw.keep")}
        confirmLabel={t("withdraw.confirm")}
        pendingLabel={t("withdraw.pending")}
        action={actions.withdraw}
        hidden={hidden}
      />
    </div>
  );
}

function CommentList({ comments }: { comments: Record<string, string> }) {
  const t = useTranslations("editor.paths");
  return (
    <dl className="grid gap-2">
      {Object.entries(comments).map(([field, words]) => (
        <div key={field}>
          <dt className="font-medium">{t.has(field) ? t(field) : field}</dt>
          <dd className="whitespace-pre-line wrap-anywhere">{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Review({ review, connectorId, publishedVersion, mayEdit, hasUnsentChanges, actions }: ReviewProps) {
  const t = useTranslations("integrations.page.review");
  const { state, note, reason, decidedAt, comments } = review;
  const isOnItsWay = state === "in_review" || state === "approved";
  return (
    <CardSection
      id="review"
      title={t("title", { version: review.version })}
      aside={<StatusPill tone={SUBMISSION_TONES[state]}>{t(`states.${state}`)}</StatusPill>}
    >
      <div className="grid gap-3 text-sm">
        {state !== "withdrawn" && <p>{t(state)}</p>}
        <p className="text-ink-soft">
          {t.rich("submitted", { time: () => <Time at={review.submittedAt} /> })}
          {decidedAt && <>, {t.rich("decided", { time: () => <Time at={decidedAt} /> })}</>}
        </p>
        <Publication
          review={review}
          publishedVersion={publishedVersion}
          hasUnsentChanges={hasUnsentChanges}
        />
        {isOnItsWay && review.change && (
          <ChangeVerdictNote change={review.change} connectorId={connectorId} />
        )}
        {reason && <Words term={t("reason")}>{reason}</Words>}
        {Object.keys(comments).length > 0 && <CommentList comments={comments} />}
        {note && <Words term={t("note")}>{note}</Words>}
        {mayEdit && isOnItsWay && (
          <ReviewButtons review={review} publishedVersion={publishedVersion} actions={actions} />
        )}
      </div>
    </CardSection>
  );
}

function Words({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="rounded-lg bg-sunken px-3.5 py-2.5">
      <p className="text-xs font-medium text-ink-soft">{term}</p>
      <p className="whitespace-pre-line wrap-anywhere">{children}</p>
    </div>
  );
}

const VERSION_TONES: Readonly<Record<string, Tone>> = { ...SUBMISSION_TONES, published: "success" };

function Version({ version, connectionsHref }: { version: VersionView; connectionsHref: string }) {
  const t = useTranslations("integrations.page.versions");
  const { publishedAt, connections } = version;
  return (
    <li className="grid gap-2 py-3 text-sm first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <p>
          <span className="font-medium">{t("version", { version: version.version })}</span>{" "}
          <span className="text-ink-soft">
            {publishedAt
              ? t.rich("published", { time: () => <Time at={publishedAt} /> })
              : t.rich("submitted", { time: () => <Time at={version.createdAt} /> })}
          </span>
        </p>
        <StatusPill tone={VERSION_TONES[version.state] ?? "neutral"}>
          {t.has(`states.${version.state}`) ? t(`states.${version.state}`) : version.state}
        </StatusPill>
      </div>
      {connections > 0 && (
        <p>
          <TextLink href={`${connectionsHref}?version=${version.id}`}>
            {connections > CONNECTIONS_COUNTED
              ? t("manyConnections", { count: CONNECTIONS_COUNTED })
              : t("connections", { count: connections })}
          </TextLink>
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-xs text-ink-soft">{t("hash")}</span>
        <code className="rounded-md bg-sunken px-2 py-1 text-xs" title={version.contentHash}>
          {version.contentHash.slice(0, 16)}…
        </code>
        <CopyButton text={version.contentHash} label={t("copy")} />
      </div>
    </li>
  );
}

/** One integration: what is published, what is on its way, and the draft. */
export function IntegrationPage({ view, mayEdit, mayEnd, returnAddress, hrefs, actions }: Props) {
  const t = useTranslations("integrations");
  const published = view.versions.find(({ state }) => state === "published");
  const retirement = (view.retirement || published) && (
    <RetirementCard
      integration={view}
      retirement={view.retirement}
      mayEnd={mayEnd}
      hrefs={{ retire: hrefs.retire, connections: `${hrefs.connections}?integration=${view.id}` }}
      withdraw={actions.keep}
    />
  );
  return (
    <>
      <DetailHeading list={{ href: hrefs.list, label: t("page.back") }} title={view.name}>
        <p>
          {published ? t("item.published", { version: published.version }) : t("item.unpublished")}{" "}
          <code className="text-xs">{view.slug}</code>
        </p>
      </DetailHeading>
      {view.retirement && retirement}
      {view.review && (
        <Review
          review={view.review}
          connectorId={view.connectorId}
          publishedVersion={published?.version ?? null}
          mayEdit={mayEdit}
          hasUnsentChanges={view.draft?.hasUnsentChanges ?? false}
          actions={actions}
        />
      )}
      <Draft view={view} mayEdit={mayEdit} hrefs={hrefs} beginDraft={actions.beginDraft} />
      <Facts view={view} returnAddress={returnAddress} hrefs={hrefs} />
      <CardSection id="versions" title={t("page.versions.title")}>
        {view.versions.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("page.versions.none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {view.versions.map((version) => (
              <Version key={version.id} version={version} connectionsHref={hrefs.connections} />
            ))}
          </ul>
        )}
      </CardSection>
      {!view.retirement && retirement}
    </>
  );
}
