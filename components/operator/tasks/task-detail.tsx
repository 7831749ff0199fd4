import { useTranslations } from "next-intl";
import { VendorAnswerDetails } from "@/components/flow/status/vendor-answer-details";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { FormAction } from "@/components/ui/form-state";
import { TextLink } from "@/components/ui/text-link";
import { RelativeTime, Time } from "@/components/ui/time";
import type { TaskFact, TaskView } from "@/lib/platform/task/schema";
import { DetailHeading } from "../detail-heading";
import { ResolveTask } from "./resolve-task";
import { RetryTask } from "./retry-task";

type Props = {
  task: TaskView;
  hrefs: { list: string };
  /** Both get `taskId`, `resolve` also `resolution`. */
  actions: { resolve: FormAction; retry: FormAction };
};

function Outcome({ task }: { task: TaskView }) {
  const t = useTranslations("operator.tasks.outcome");
  const { resolvedAt } = task;
  if (!resolvedAt) return null;
  const time = () => <Time at={resolvedAt} />;
  return (
    <Alert
      tone="success"
      role="note"
      title={
        task.resolvedBy || task.resolution
          ? t.rich("byPerson", { who: task.resolvedBy ?? t("formerOperator"), time })
          : t.rich("byItself", { time })
      }
    >
      {task.resolution && <p className="wrap-anywhere whitespace-pre-line">{task.resolution}</p>}
    </Alert>
  );
}

/** Ids of requests lead to what happened with them. */
function FactValue({ name, value }: TaskFact) {
  const code = <code className="text-xs wrap-anywhere">{value}</code>;
  return name === "requestId" ? <TextLink href={`/operator/look-up?id=${value}`}>{code}</TextLink> : code;
}

function Facts({ task }: { task: TaskView }) {
  const t = useTranslations("operator.tasks");
  return (
    <CardSection id="facts" title={t("facts.title")} intro={t("facts.intro")}>
      <DescriptionList>
        {task.integration && (
          <Description term={t("facts.integration")}>
            {t("facts.integrationOf", {
              slug: task.integration.slug,
              partner: task.integration.partnerName,
              connector: task.integration.connectorName,
            })}
          </Description>
        )}
        <Description term={t("facts.since")}>
          <Time at={task.since} />
        </Description>
        <Description term={t("facts.foundAt")}>
          <Time at={task.foundAt} />
        </Description>
        {task.facts.map(({ name, value }) => (
          <Description key={name} term={t(`facts.${name}`)}>
            <FactValue name={name} value={value} />
          </Description>
        ))}
      </DescriptionList>
    </CardSection>
  );
}

/** One task: what happened, what to do, and what is known about it. */
export function TaskDetail({ task, hrefs, actions }: Props) {
  const t = useTranslations("operator.tasks");
  return (
    <div className="grid gap-6">
      <DetailHeading
        list={{ href: hrefs.list, label: t("backToList") }}
        title={t(`kinds.${task.kind}.title`)}
      >
        {t(`kinds.${task.kind}.happened`)}
      </DetailHeading>
      <Outcome task={task} />
      {!task.resolvedAt && (
        <CardSection id="what-to-do" title={t("whatToDo")}>
          <div className="grid gap-4 text-sm">
            <p className="max-w-prose">{t(`kinds.${task.kind}.whatToDo`)}</p>
            {task.retriedAt && (
              <p className="text-ink-soft">
                {t.rich("retriedAt", { time: () => <RelativeTime at={task.retriedAt ?? ""} /> })}
              </p>
            )}
            <div className="flex flex-wrap items-start gap-2">
              {task.canRetry && <RetryTask taskId={task.id} action={actions.retry} />}
              <ResolveTask taskId={task.id} action={actions.resolve} />
            </div>
          </div>
        </CardSection>
      )}
      {task.vendorAnswer && (
        <VendorAnswerDetails
          answer={task.vendorAnswer}
          connectorName={task.integration?.connectorName ?? t("vendor")}
        />
      )}
      <Facts task={task} />
    </div>
  );
}
