import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-state";
import { StatusPill } from "@/components/ui/status-pill";
import { Time } from "@/components/ui/time";
import type { RunView } from "@/lib/operations/jobs/schema";
import { DetailHeading } from "../detail-heading";
import { RUN_LOOKS } from "./run-looks";
import { RunTimeline } from "./run-timeline";
import { WaitsFor } from "./waits-for";

type Props = {
  run: RunView;
  hrefs: { list: string; run: (id: string) => string };
  /** Both get `runId`. */
  actions: { retry: FormAction; cancel: FormAction };
};

function RunActions({ run, actions }: Pick<Props, "run" | "actions">) {
  const t = useTranslations("operator.jobs");
  if (run.state === "completed") return null;
  const change = run.state === "running" ? "cancel" : "retry";
  return (
    <div>
      <ConfirmDialog
        trigger={t(`${change}.open`)}
        title={t(`${change}.title`)}
        description={t(`${change}.body`)}
        keepLabel={t(`${change}.keep`)}
        confirmLabel={t(`${change}.confirm`)}
        pendingLabel={t(`${change}.pending`)}
        action={actions[change]}
        hidden={{ runId: run.id }}
      />
    </div>
  );
}

function RunFacts({ run }: { run: RunView }) {
  const t = useTranslations("operator.jobs");
  return (
    <CardSection id="facts" title={t("facts.title")}>
      <DescriptionList>
        <Description term={t("facts.state")}>
          <StatusPill {...RUN_LOOKS[run.state]}>{t(`states.${run.state}`)}</StatusPill>
        </Description>
        {run.waitsFor && (
          <Description term={t("facts.waitsFor")}>
            <WaitsFor waitsFor={run.waitsFor} />
          </Description>
        )}
        <Description term={t("facts.started")}>
          <Time at={run.startedAt} />
        </Description>
        {run.endedAt && (
          <Description term={t("facts.ended")}>
            <Time at={run.endedAt} />
          </Description>
        )}
        <Description term={t("facts.event")}>
          <code className="text-xs wrap-anywhere">{run.eventName}</code>
        </Description>
        {Object.entries(run.subjects).map(([name, id]) => (
          <Description key={name} term={<code className="text-xs">{name}</code>}>
            <code className="text-xs wrap-anywhere">{id}</code>
          </Description>
        ))}
        <Description term={t("facts.id")}>
          <code className="text-xs wrap-anywhere">{run.id}</code>
        </Description>
      </DescriptionList>
    </CardSection>
  );
}

/** One run: how it stands, what it did step by step, and each try that failed. */
export function RunDetail({ run, hrefs, actions }: Props) {
  const t = useTranslations("operator.jobs");
  return (
    <div className="grid gap-6">
      <DetailHeading
        list={{ href: hrefs.list, label: t("backToList") }}
        title={<span className="wrap-anywhere">{run.functionId}</span>}
      />
      {run.error && (
        <Alert tone="danger" role="note" title={run.error.name}>
          <p className="wrap-anywhere">{run.error.message}</p>
        </Alert>
      )}
      <RunActions run={run} actions={actions} />
      <RunFacts run={run} />
      <RunTimeline run={run} runHref={hrefs.run} />
    </div>
  );
}
