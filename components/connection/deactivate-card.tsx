import { useTranslations } from "next-intl";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import type { ConnectionDetails } from "@/lib/connection/lifecycle/schema";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";

type Props = { connection: ConnectionDetails; deactivateConnections: FormAction };

/** The way out, with what will happen before it does. */
export function DeactivateCard({ connection, deactivateConnections }: Props) {
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
          <ul className="grid list-disc gap-1.5 pl-5">
            {consequences.map((consequence) => (
              <li key={consequence}>{t(`consequences.${consequence}`, values)}</li>
            ))}
          </ul>
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
      </ConfirmDialog>
    </CardSection>
  );
}
