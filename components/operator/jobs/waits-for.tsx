import { useTranslations } from "next-intl";
import { Time } from "@/components/ui/time";
import type { RunSummary } from "@/lib/operations/jobs/schema";

/** What a run stands still for, and until when at the latest. */
export function WaitsFor({ waitsFor }: { waitsFor: NonNullable<RunSummary["waitsFor"]> }) {
  const t = useTranslations("operator.jobs.waits");
  const { kind, name, until } = waitsFor;
  return (
    <>
      {t.rich(kind, { name: name ?? "", code: (chunks) => <code className="text-xs">{chunks}</code> })}
      {until && " "}
      {until &&
        (kind === "retry" ? <Time at={until} /> : t.rich("until", { time: () => <Time at={until} /> }))}
    </>
  );
}
