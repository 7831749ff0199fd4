"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Card, CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormState } from "@/components/ui/form-state";
import { StatusPill } from "@/components/ui/status-pill";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import type { DecidableRequest, ManyResult } from "@/lib/partner/monitoring/schema";

/** What the action answers: the form's state, and what became of each request. */
export type DecideManyState = FormState & { results?: ManyResult[] };
type DecideManyAction = (previous: FormState, data: FormData) => Promise<DecideManyState>;

type Props = {
  requests: DecidableRequest[];
  requestBase: string;
  listHref: string;
  /** Gets `requestIds`, as often as there are, `choice`, and `reason` for a rejection. */
  decide: DecideManyAction;
};

function Row({
  request,
  href,
  result,
}: {
  request: DecidableRequest;
  href: string;
  result: ManyResult | undefined;
}) {
  const t = useTranslations("partner.decideMany");
  const states = useTranslations("states.request");
  const [first, ...others] = request.companies;
  const refusal = result && result.outcome !== "recorded" ? result.outcome : null;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5 py-3 text-sm">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium wrap-anywhere">
          <TextLink href={href}>
            {t("companies", { first: first?.name ?? "", others: others.length })}
          </TextLink>
        </p>
        <p className="text-ink-soft">
          {request.integrationName}
          {request.state === "awaiting_partner" && (
            <>, {t.rich("due", { time: () => <Time at={request.deadlineAt} /> })}</>
          )}
          {request.isFormPending && <span className="block">{t("formPending")}</span>}
        </p>
        {refusal && (
          <p role="alert" className="font-medium text-danger-text">
            {t.has(`refused.${refusal}`) ? t(`refused.${refusal}`) : t("refused.other")}
          </p>
        )}
      </div>
      {result ? (
        <StatusPill tone={refusal ? "danger" : "success"}>
          {refusal ? t("notRecorded") : t("recorded")}
        </StatusPill>
      ) : (
        <StatusPill tone={request.state === "awaiting_partner" ? "warning" : "neutral"}>
          {states(request.state)}
        </StatusPill>
      )}
    </li>
  );
}

/** One decision about many requests, asked once more before it counts, with what became of each. */
export function DecideMany({ requests, requestBase, listHref, decide }: Props) {
  const t = useTranslations("partner.decideMany");
  const [results, setResults] = useState<ManyResult[]>([]);
  const waiting = requests.filter(({ state }) => state === "awaiting_partner");
  const run = async (previous: FormState, data: FormData): Promise<FormState> => {
    const { results: came, ...state } = await decide(previous, data);
    if (came)
      setResults((before) => [
        ...before.filter((one) => !came.some(({ requestId }) => requestId === one.requestId)),
        ...came,
      ]);
    return state;
  };
  const recorded = results.filter(({ outcome }) => outcome === "recorded").length;
  const dialog = (choice: "approve" | "reject") => (
    <ConfirmDialog
      trigger={t(`${choice}.open`, { count: waiting.length })}
      triggerVariant={choice === "approve" ? "primary" : "secondary"}
      isDisabled={waiting.length === 0}
      title={t(`${choice}.title`, { count: waiting.length })}
      description={t(`${choice}.body`, {
        companies: waiting.reduce((sum, { companies }) => sum + companies.length, 0),
      })}
      keepLabel={t("keep")}
      confirmLabel={t(`${choice}.confirm`)}
      confirmVariant={choice === "approve" ? "primary" : "danger"}
      pendingLabel={t("pending")}
      action={run}
      hidden={{ choice }}
    >
      {waiting.map(({ id }) => (
        <input key={id} type="hidden" name="requestIds" value={id} />
      ))}
      {choice === "reject" && (
        <Field name="reason" label={t("reason")} help={t("reasonHelp")} isRequired>
          <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
        </Field>
      )}
    </ConfirmDialog>
  );
  return (
    <>
      {results.length > 0 && (
        <Alert tone={recorded === results.length ? "success" : "warning"}>
          {t("done", { recorded, refused: results.length - recorded })}{" "}
          <TextLink href={listHref}>{t("toList")}</TextLink>
        </Alert>
      )}
      <Card className="px-4 py-2 sm:px-6">
        <ul className="divide-y divide-line">
          {requests.map((request) => (
            <Row
              key={request.id}
              request={request}
              href={`${requestBase}/${request.id}`}
              result={results.find(({ requestId }) => requestId === request.id)}
            />
          ))}
        </ul>
      </Card>
      {waiting.length > 0 && (
        <CardSection id="decide" title={t("decide", { count: waiting.length })} intro={t("intro")}>
          <div className="flex flex-wrap gap-3">
            {dialog("approve")}
            {dialog("reject")}
          </div>
        </CardSection>
      )}
    </>
  );
}
