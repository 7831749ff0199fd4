import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { QueueNumbers as Numbers } from "@/lib/operations/jobs/schema";

const SHOWN = ["liveWorkers", "waiting", "executing", "scheduled", "runningRuns", "failedLastDay"] as const;

/** How much there is to do, and whether anybody does it. */
export function QueueNumbers({ queue }: { queue: Numbers }) {
  const t = useTranslations("operator.jobs.queue");
  return (
    <Card className="px-4 py-4 sm:px-6">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        {SHOWN.map((name) => (
          <div key={name} className="grid content-start gap-0.5">
            <dt className="text-sm text-ink-soft">{t(name)}</dt>
            <dd className="text-xl font-semibold tabular-nums">
              {queue[name]}
              {name === "waiting" && queue.waiting > 0 && (
                <span className="block text-sm font-normal text-ink-soft">
                  {t("oldest", { seconds: queue.oldestWaitingSeconds })}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
