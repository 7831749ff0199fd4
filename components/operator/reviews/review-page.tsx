import { Lightbulb } from "lucide-react";
import { useTranslations } from "next-intl";
import { DifferenceRow } from "@/components/flow/changed/difference-row";
import { useRightWords } from "@/components/flow/rights/use-right-words";
import { FieldLines } from "@/components/flow/specification/field-lines";
import { useFieldWords } from "@/components/flow/specification/use-field-words";
import { ChangeVerdictNote } from "@/components/partner/change-verdict-note";
import { usePathWords } from "@/components/partner/editor/use-path-words";
import { useProblemWords } from "@/components/partner/editor/use-problem-words";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { StatusPill } from "@/components/ui/status-pill";
import { OutsideLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { RelativeTime, Time } from "@/components/ui/time";
import { linesOf, SPECIFICATION_FIELDS } from "@/lib/catalogue/integration/fields";
import type { SpecificationField } from "@/lib/catalogue/integration/schema";
import type { ReviewDetails, RightChange } from "@/lib/partner/specification/schema";
import { DetailHeading } from "../detail-heading";

const FIELDS = Object.keys(SPECIFICATION_FIELDS) as SpecificationField[];

function Facts({ review }: { review: ReviewDetails }) {
  const t = useTranslations("reviews.detail");
  const stages = useTranslations("partner.stages");
  const languages = useTranslations("editor.languages");
  return (
    <CardSection
      id="facts"
      title={t("facts")}
      aside={<StatusPill tone="info">{t(`states.${review.state}`)}</StatusPill>}
    >
      <DescriptionList>
        <Description term={t("partner")}>{review.partnerName}</Description>
        <Description term={t("system")}>
          {review.connectorName} ({stages(review.stage)})
        </Description>
        <Description term={t("submitted")}>
          <Time at={review.submittedAt} /> (<RelativeTime at={review.submittedAt} />)
        </Description>
        <Description term={t("hash")}>
          <span className="flex flex-wrap items-center gap-2">
            <code className="text-xs">{review.contentHash.slice(0, 16)}…</code>
            <CopyButton text={review.contentHash} label={t("copy")} />
          </span>
        </Description>
        {review.note && (
          <Description term={t("note")}>
            <span className="whitespace-pre-line wrap-anywhere">{review.note}</span>
          </Description>
        )}
      </DescriptionList>
      <ul className="flex flex-wrap gap-x-5 gap-y-1.5 pt-4 text-sm">
        {review.languages.map((language) => (
          <li key={language}>
            <OutsideLink href={`/preview/${language}/version/${review.specificationId}`}>
              {t("preview", { language: languages(language) })}
            </OutsideLink>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

const RIGHT_TONES = { added: "warning", changed: "info", removed: "success" } as const;

function RightRow({ change, connectorId }: { change: RightChange; connectorId: string }) {
  const t = useTranslations("reviews.detail.differences");
  const words = useRightWords(connectorId);
  const { kind, path, level, formerLevel, reason } = change;
  return (
    <li className="grid gap-0.5 py-2.5 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-medium">{words.right(path)}</span>
        <span className="flex items-center gap-2 text-ink-soft">
          {formerLevel !== null && formerLevel !== level && `${words.level(formerLevel)} → `}
          {words.level(level)}
          <StatusPill tone={RIGHT_TONES[kind]}>{t(kind)}</StatusPill>
        </span>
      </div>
      <p className="text-ink-soft">{reason}</p>
    </li>
  );
}

function Whole({ review }: { review: ReviewDetails }) {
  const sides = {
    partner: review.partnerName,
    connector: { id: review.connectorId, name: review.connectorName },
  };
  const words = useFieldWords(sides);
  const labels = useTranslations("specification.fields");
  const { content } = review;
  return (
    <DescriptionList>
      {FIELDS.map((field) => ({ field, lines: linesOf(content, field, words) }))
        .filter(({ lines }) => lines.length > 0)
        .map(({ field, lines }) => (
          <Description key={field} term={labels(field)}>
            <FieldLines lines={lines} language={content.languages[field]} />
          </Description>
        ))}
    </DescriptionList>
  );
}

function Differences({ review }: { review: ReviewDetails }) {
  const t = useTranslations("reviews.detail.differences");
  const { publishedVersion: version, differences, rights, change, connectorId } = review;
  if (version === null)
    return (
      <CardSection id="differences" title={t("first")} intro={t("firstIntro")}>
        <Whole review={review} />
      </CardSection>
    );
  const sides = { partner: review.partnerName, connector: { id: connectorId, name: review.connectorName } };
  return (
    <CardSection
      id="differences"
      title={t("update", { count: differences.length, version })}
      intro={t("updateIntro")}
    >
      {change && (
        <div className="pb-4">
          <ChangeVerdictNote change={change} connectorId={connectorId} />
        </div>
      )}
      {rights.length > 0 && (
        <div className="pb-4">
          <h3 className="border-b border-line pb-1.5 text-sm font-semibold">{t("rights")}</h3>
          <ul className="divide-y divide-line">
            {rights.map((change) => (
              <RightRow key={change.path} change={change} connectorId={connectorId} />
            ))}
          </ul>
        </div>
      )}
      <ul className="-mx-4 divide-y divide-line sm:-mx-6">
        {differences.map((difference) => (
          <DifferenceRow key={difference.field} difference={difference} sides={sides} />
        ))}
      </ul>
    </CardSection>
  );
}

type DecideProps = { review: ReviewDetails; decide: FormAction; approvalsNeeded: number };

/** Where two operators approve: which of the two this one is. */
function Approvals({ review, approvalsNeeded }: Omit<DecideProps, "decide">) {
  const t = useTranslations("reviews.detail.decide");
  const { firstApproval: first, reason, comments } = review;
  if (!first) return approvalsNeeded > 1 ? <p className="text-sm">{t("two")}</p> : null;
  const time = () => <Time at={first.at} />;
  const hasWords = reason !== null || Object.keys(comments).length > 0;
  return (
    <div className="grid gap-3">
      <Alert tone="info" role="note">
        {first.isOwn ? t.rich("approvedOnce", { time }) : t.rich("second", { time, who: first.by || "none" })}
      </Alert>
      {hasWords && (
        <div className="grid gap-2 rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
          <p className="text-xs font-medium text-ink-soft">{t("first")}</p>
          <ReviewerWords reason={reason} comments={comments} />
        </div>
      )}
    </div>
  );
}

function Decide({ review, decide, approvalsNeeded }: DecideProps) {
  const t = useTranslations("reviews.detail.decide");
  const labels = useTranslations("specification.fields");
  if (review.isOwn)
    return (
      <Alert tone="info" role="note">
        {t("own")}
      </Alert>
    );
  return (
    <CardSection id="decide" title={t("title")} intro={t("intro")}>
      <ActionForm action={decide} hidden={{ specificationId: review.specificationId }} className="grid gap-5">
        <FormError />
        <Approvals review={review} approvalsNeeded={approvalsNeeded} />
        <Disclosure summary={t("comments")}>
          <div className="grid gap-4 sm:grid-cols-2">
            {FIELDS.map((field) => (
              <Field key={field} name={`comment.${field}`} label={t("comment", { field: labels(field) })}>
                <Textarea maxLength={1000} rows={2} className="min-h-16" />
              </Field>
            ))}
          </div>
        </Disclosure>
        <Field name="reason" label={t("reason")} help={t("reasonHelp")}>
          <Textarea maxLength={2000} rows={4} />
        </Field>
        <div className="flex flex-wrap gap-2">
          {!review.firstApproval?.isOwn && (
            <button type="submit" name="outcome" value="approved" className={buttonClass("primary")}>
              {t("approve")}
            </button>
          )}
          <button type="submit" name="outcome" value="rejected" className={buttonClass("secondary")}>
            {t("reject")}
          </button>
        </div>
      </ActionForm>
    </CardSection>
  );
}

function ReviewerWords({ reason, comments }: Pick<ReviewDetails, "reason" | "comments">) {
  const labels = useTranslations("specification.fields");
  return (
    <>
      {reason && <p className="whitespace-pre-line wrap-anywhere">{reason}</p>}
      <DescriptionList>
        {Object.entries(comments).map(([field, words]) => (
          <Description key={field} term={labels.has(field) ? labels(field) : field}>
            <span className="whitespace-pre-line wrap-anywhere">{words}</span>
          </Description>
        ))}
      </DescriptionList>
    </>
  );
}

function Outcome({ review }: { review: ReviewDetails }) {
  const t = useTranslations("reviews.detail.outcome");
  const { decidedAt, publishAt, state } = review;
  return (
    <CardSection id="outcome" title={t("reason")}>
      <div className="grid gap-3 text-sm">
        {decidedAt && (
          <p className="text-ink-soft">{t.rich("at", { time: () => <Time at={decidedAt} /> })}</p>
        )}
        {publishAt && state === "approved" && (
          <p>{t.rich("publishAt", { time: () => <Time at={publishAt} isZoned /> })}</p>
        )}
        <ReviewerWords {...review} />
      </div>
    </CardSection>
  );
}

/** One submitted version: what is new in it, and the decision. */
export function ReviewPage({
  review,
  listHref,
  decide,
  approvalsNeeded,
}: DecideProps & { listHref: string }) {
  const t = useTranslations("reviews");
  const problemWords = useProblemWords();
  const pathWords = usePathWords();
  const { integrationName: integration, version } = review;
  return (
    <div className="grid gap-6">
      <DetailHeading
        list={{ href: listHref, label: t("detail.back") }}
        title={t("item.version", { integration, version })}
      />
      <Facts review={review} />
      {review.advice.length > 0 && (
        <CardSection id="advice" title={t("detail.advice")}>
          <ul className="grid gap-1.5 text-sm">
            {review.advice.map((problem) => (
              <li key={`${problem.path} ${problem.code}`} className="flex items-start gap-2">
                <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
                <span>
                  <span className="font-medium">{pathWords(problem.path)}</span> {problemWords(problem)}
                </span>
              </li>
            ))}
          </ul>
        </CardSection>
      )}
      <Differences review={review} />
      {review.state === "in_review" ? (
        <Decide review={review} decide={decide} approvalsNeeded={approvalsNeeded} />
      ) : (
        <Outcome review={review} />
      )}
    </div>
  );
}
