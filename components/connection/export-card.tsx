import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { CardSection } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { EXPORT_FILES, type ExportOffer, type ExportView } from "@/lib/connection/export/schema";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";

type Props = {
  connection: ConnectionDetails;
  offer: ExportOffer;
  /** Gets `connectionId`; null once the connection has ended: nothing is left to be exported. */
  makeExport: FormAction | null;
};

const KILOBYTE = 1024;

function Making({ progress: { done, total } }: ExportView) {
  const t = useTranslations("connectionExport");
  // Rows that come in while it is made are read too.
  const read = Math.min(done, total);
  return (
    <div className="grid gap-2">
      {total > 0 && (
        <svg
          role="progressbar"
          aria-label={t("making")}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={read}
          viewBox={`0 0 ${total} 1`}
          preserveAspectRatio="none"
          className="h-2 w-full rounded-full bg-sunken"
        >
          <rect width={read} height={1} className="fill-accent" />
        </svg>
      )}
      <p className="text-sm text-ink-soft" aria-live="polite">
        {t("progress", { percent: total === 0 ? 0 : Math.floor((read / total) * 100) })}
      </p>
    </div>
  );
}

function Ready({ connectionId, current }: { connectionId: string; current: ExportView }) {
  const t = useTranslations("connectionExport");
  const counts = current.counts ?? {};
  return (
    <div className="grid justify-items-start gap-3 text-sm">
      <p className="max-w-prose">
        {t.rich("ready", {
          asked: () => <Time at={current.askedAt} />,
          ends: () => <Time at={current.endsAt} />,
        })}
      </p>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft">
        {EXPORT_FILES.map((file) => (
          <li key={file}>{t(`files.${file}`, { count: counts[file] ?? 0 })}</li>
        ))}
      </ul>
      <a
        href={`/connections/${connectionId}/export/${current.id}`}
        download
        className={buttonClass("secondary", "small")}
      >
        <Download aria-hidden className="size-4" />
        {t("download", { kilobytes: Math.ceil(current.sizeBytes / KILOBYTE) })}
      </a>
    </div>
  );
}

/** What the customer takes along: offered while the connection lives, and fetched for a week, also after its end. */
export function ExportCard({ connection, offer, makeExport }: Props) {
  const t = useTranslations("connectionExport");
  const { current, hasRows } = offer;
  const isMaking = current?.state === "making";
  return (
    <CardSection
      id="export"
      title={t("title")}
      intro={makeExport ? t("intro", { connector: connection.connectorName }) : t("introEnded")}
    >
      <div className="grid gap-4">
        {current?.state === "failed" && current.problem && (
          <Alert tone="warning" role="note" title={t("failed")}>
            <p>{t(`problems.${current.problem}`)}</p>
          </Alert>
        )}
        {isMaking && <Making {...current} />}
        {current?.state === "ready" && <Ready connectionId={connection.id} current={current} />}
        {makeExport && !hasRows && <p className="max-w-prose text-sm text-ink-soft">{t("nothing")}</p>}
        {makeExport && !isMaking && (
          <ActionForm
            action={makeExport}
            hidden={{ connectionId: connection.id }}
            className="grid justify-items-start gap-3"
          >
            <FormError />
            <SubmitButton variant="secondary" size="small" pendingLabel={t("asking")}>
              {current ? t("again") : t("make")}
            </SubmitButton>
          </ActionForm>
        )}
      </div>
    </CardSection>
  );
}
