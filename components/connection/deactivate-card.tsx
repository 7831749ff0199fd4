import { useTranslations } from "next-intl";
import { useId } from "react";
import { CardSection } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Time } from "@/components/ui/time";
import type { ExportOffer } from "@/lib/connection/export/schema";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";

type Props = {
  connection: ConnectionDetails;
  /** What the preparation made in the vendor system, by the connector's codes. */
  removable: readonly string[];
  /** null: this installation gives out no exports. */
  exportOffer: ExportOffer | null;
  deactivateConnections: FormAction;
};

/** What becomes of an export, or that there is none yet; null when there is nothing to be kept. */
function ExportFirst({ current, hasRows }: ExportOffer) {
  const t = useTranslations("connectionExport.beforeEnd");
  if (current?.state === "making") return <p className="font-medium">{t("making")}</p>;
  if (current?.state === "ready")
    return <p>{t.rich("ready", { ends: () => <Time at={current.endsAt} precision="date" /> })}</p>;
  return hasRows ? <p className="font-medium">{t("none")}</p> : null;
}

/** Whether what was made there goes as well; unticked at first, since keys are lost with their fields. */
function RemovePrepared({ connector, removable }: { connector: string; removable: readonly string[] }) {
  const t = useTranslations("connectionPage.preparation.remove");
  const id = useId();
  return (
    <div className="grid gap-1.5 text-sm">
      <label htmlFor={id} className="flex items-start gap-3 pointer-coarse:min-h-11">
        <Checkbox id={id} name="removesPrepared" aria-describedby={`${id}-help`} className="mt-px" />
        <span>{t("label", { connector })}</span>
      </label>
      <div id={`${id}-help`} className="grid gap-1 pl-8 text-ink-soft">
        <p>{t("help")}</p>
        <p className="wrap-anywhere">
          {removable.map((thing) => thing.split(":").slice(2).join(":")).join(", ")}
        </p>
      </div>
    </div>
  );
}

/** The way out, with what will happen before it does. */
export function DeactivateCard({ connection, removable, exportOffer, deactivateConnections }: Props) {
  const t = useTranslations("connectionPage.deactivate");
  const values = {
    integration: connection.integrationName,
    environment: connection.environmentName,
    connector: connection.connectorName,
    partner: connection.partnerName,
  };
  const consequences = ["stops", connection.canRevoke ? "removedForYou" : "leftToYou", "destroyed", "told"];
  return (
    <CardSection id="deactivate" title={t("title")} intro={t("intro", values)}>
      <ConfirmDialog
        trigger={t("open")}
        title={t("question", values)}
        description={
          <div className="grid gap-3">
            <ul className="grid list-disc gap-1.5 pl-5">
              {consequences.map((consequence) => (
                <li key={consequence}>{t(`consequences.${consequence}`, values)}</li>
              ))}
            </ul>
            {exportOffer && <ExportFirst {...exportOffer} />}
          </div>
        }
        keepLabel={t("keep")}
        confirmLabel={t("confirm")}
        pendingLabel={t("pending")}
        action={deactivateConnections}
        hidden={{ connectionIds: connection.id }}
      >
        <Field name="reason" label={t("reason.label")} help={t("reason.help", values)}>
          <Input maxLength={MAX_REASON_LENGTH} autoComplete="off" />
        </Field>
        {removable.length > 0 && (
          <RemovePrepared connector={connection.connectorName} removable={removable} />
        )}
      </ConfirmDialog>
    </CardSection>
  );
}
