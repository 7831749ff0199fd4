import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import { type OperatedConnection, TYPED_LENGTH } from "@/lib/operations/end/schema";
import { ConnectionPill } from "../../connection/connection-pill";
import { DetailHeading } from "../detail-heading";

type Props = {
  connection: OperatedConnection;
  listHref: string;
  /** Gets `connectionId`, `reason` and `typed`. */
  end: FormAction;
};

function End({ connection, end }: Pick<Props, "connection" | "end">) {
  const t = useTranslations("operator.connections.end");
  const values = { partner: connection.partnerName };
  return (
    <CardSection id="end" title={t("title")}>
      <div className="grid max-w-xl gap-5 text-sm">
        <ul className="grid list-disc gap-1.5 pl-5">
          {["stops", "key", "told"].map((consequence) => (
            <li key={consequence}>{t(consequence, values)}</li>
          ))}
        </ul>
        <ActionForm action={end} hidden={{ connectionId: connection.id }} className="grid gap-4">
          <FormError />
          <Field name="reason" label={t("reason")} help={t("reasonHelp")} isRequired>
            <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
          </Field>
          <Field
            name="typed"
            label={t.rich("typed", {
              id: connection.id.slice(0, TYPED_LENGTH),
              code: (chunks) => <code>{chunks}</code>,
            })}
            isRequired
          >
            <Input autoComplete="off" spellCheck={false} />
          </Field>
          <div>
            <SubmitButton variant="danger" pendingLabel={t("pending")}>
              {t("confirm")}
            </SubmitButton>
          </div>
        </ActionForm>
      </div>
    </CardSection>
  );
}

/** A connection as its ids and states tell it, and the way to end it. */
export function OperatedConnectionPage({ connection, listHref, end }: Props) {
  const t = useTranslations("operator.connections");
  const words = useTranslations();
  const facts = useTranslations("operator.tasks.facts");
  return (
    <div className="grid gap-6">
      <DetailHeading
        list={{ href: listHref, label: t("back") }}
        title={t("one", { id: connection.id.slice(0, TYPED_LENGTH) })}
      >
        <ConnectionPill connection={{ ...connection, isPaused: false, stepsLeft: 0 }} />
      </DetailHeading>
      <CardSection id="facts" title={facts("title")} intro={facts("intro")}>
        <DescriptionList>
          <Description term={facts("integration")}>
            {facts("integrationOf", {
              slug: connection.integration,
              partner: connection.partnerName,
              connector: connection.connectorName,
            })}
          </Description>
          <Description term={t("since")}>
            <Time at={connection.since} />
          </Description>
          {connection.attention && (
            <Description term={t("attention")}>
              {words(`attention.${connection.attention}.title`, { connector: connection.connectorName })}
            </Description>
          )}
          <Description term={facts("subjectId")}>
            <code className="text-xs wrap-anywhere">{connection.id}</code>
          </Description>
          <Description term={facts("requestId")}>
            <code className="text-xs wrap-anywhere">{connection.requestId}</code>
          </Description>
        </DescriptionList>
      </CardSection>
      {connection.canEnd && <End connection={connection} end={end} />}
    </div>
  );
}
