import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import type { EnvironmentOption } from "@/lib/activation/draft/schema";
import type { BatchView } from "@/lib/activation/plan/schema";

type Company = BatchView["companies"][number];

function Companies({ companies }: { companies: readonly Company[] }) {
  return (
    <ul className="columns-1 gap-x-8 text-sm sm:columns-2">
      {companies.map(({ externalId, name, businessId }) => (
        <li key={externalId} className="break-inside-avoid py-0.5">
          {name} <span className="text-ink-soft tabular-nums">{businessId ?? externalId}</span>
        </li>
      ))}
    </ul>
  );
}

/** Before the vendor's own dialog: which companies to pick there, so that nobody has to remember them. */
export function BatchToPick({ batch, connectorName }: { batch: BatchView; connectorName: string }) {
  const t = useTranslations("plan.batch");
  const { companies, leftCount: left, totalCount: total } = batch;
  return (
    <div className="mt-3 grid gap-2 rounded-lg border border-line bg-sunken px-4 py-3">
      {companies.length > 0 ? (
        <>
          <p className="text-sm font-medium">
            {t("pick", { count: companies.length, connector: connectorName })}
          </p>
          <Companies companies={companies} />
        </>
      ) : (
        <p className="text-sm font-medium">{t("wait")}</p>
      )}
      <p className="text-sm text-ink-soft">{t("progress", { left, total })}</p>
    </div>
  );
}

/** After the consent: how far the plan is, and what of the batch the consent does not cover. */
export function BatchInPicker({
  batch,
  options,
}: {
  batch: BatchView;
  options: readonly EnvironmentOption[];
}) {
  const t = useTranslations("plan.batch");
  const covered = new Set(options.map(({ externalId }) => externalId));
  const missing = batch.companies.filter(({ externalId }) => !covered.has(externalId));
  return (
    <Alert
      tone={missing.length > 0 ? "warning" : "info"}
      role="note"
      title={t("progress", { left: batch.leftCount, total: batch.totalCount })}
    >
      {missing.length > 0 && (
        <div className="grid gap-1.5">
          <p>{t("missing", { count: missing.length })}</p>
          <Companies companies={missing} />
        </div>
      )}
    </Alert>
  );
}
