import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { DayField, ZoneField } from "@/components/ui/day-field";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { Time } from "@/components/ui/time";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import { RETIREMENT_NOTICE_DAYS, type RetirementView } from "@/lib/partner/retirement/schema";

type Given = {
  name: string;
  slug: string;
  connectorName: string;
  clientId: string;
  /** Live connections, as far as they are counted. */
  connections: number;
};
type CardProps = {
  integration: Given;
  retirement: RetirementView | null;
  mayEnd: boolean;
  hrefs: { retire: string; connections: string };
  withdraw: FormAction;
};

/** A mail to the vendor's team, ready to be sent: what ends, when, and for how many. */
function VendorMail({ integration, retirement }: { integration: Given; retirement: RetirementView }) {
  const t = useTranslations("integrations.retirement.vendorMail");
  const text = t("text", {
    integration: integration.name,
    connector: integration.connectorName,
    clientId: integration.clientId,
    day: retirement.endsOn,
    count: integration.connections,
    replacement: retirement.replacement?.name ?? "none",
  });
  return (
    <details className="rounded-lg bg-sunken px-3.5 py-2.5">
      <summary className="cursor-pointer font-medium">
        {t("title", { connector: integration.connectorName })}
      </summary>
      <div className="grid justify-items-start gap-3 pt-2">
        <p className="whitespace-pre-line wrap-anywhere">{text}</p>
        <CopyButton text={text} label={t("copy")} />
      </div>
    </details>
  );
}

/** The end of an integration: offered, or announced with its day. */
export function RetirementCard({ integration, retirement, mayEnd, hrefs, withdraw }: CardProps) {
  const t = useTranslations("integrations.retirement");
  if (!retirement)
    return mayEnd ? (
      <CardSection id="retirement" title={t("offer.title")}>
        <div className="grid justify-items-start gap-3 text-sm">
          <p className="text-ink-soft">{t("offer.body")}</p>
          <LinkButton href={hrefs.retire} size="small" variant="secondary">
            {t("offer.open")}
          </LinkButton>
        </div>
      </CardSection>
    ) : null;
  const { endsAt, announcedAt, announcedBy, note, replacement } = retirement;
  const day = () => <Time at={endsAt} precision="date" />;
  return (
    <CardSection
      id="retirement"
      title={t.rich(new Date(endsAt) < new Date() ? "announced.ended" : "announced.title", { day })}
    >
      <div className="grid gap-3 text-sm">
        <Alert tone="warning" role="note">
          <p>{t("announced.body", { count: integration.connections })}</p>
        </Alert>
        <p className="text-ink-soft wrap-anywhere">
          {t.rich("announced.by", {
            time: () => <Time at={announcedAt} />,
            who: announcedBy ?? "none",
          })}
        </p>
        <div className="rounded-lg bg-sunken px-3.5 py-2.5">
          <p className="text-xs font-medium text-ink-soft">{t("announced.note")}</p>
          <p className="whitespace-pre-line wrap-anywhere">{note}</p>
          {replacement && (
            <p className="pt-1 wrap-anywhere">
              {t("announced.replacement")} <TextLink href={replacement.url}>{replacement.name}</TextLink>
            </p>
          )}
        </div>
        <p>
          <TextLink href={hrefs.connections}>
            {t("announced.list", { count: integration.connections })}
          </TextLink>
        </p>
        <VendorMail integration={integration} retirement={retirement} />
        {mayEnd && (
          <div>
            <ConfirmDialog
              trigger={t("withdraw.open")}
              title={t("withdraw.title", { integration: integration.name })}
              description={t("withdraw.body")}
              keepLabel={t("withdraw.keep")}
              confirmLabel={t("withdraw.confirm")}
              confirmVariant="primary"
              pendingLabel={t("withdraw.pending")}
              action={withdraw}
              hidden={{}}
            />
          </div>
        )}
      </div>
    </CardSection>
  );
}

type RetireProps = {
  integration: Pick<Given, "name" | "slug" | "connections">;
  backHref: string;
  /** Gets `day`, `zone`, `note`, `replacementName`, `replacementUrl` and `typed`. */
  retire: FormAction;
};

/** What giving an integration up means, and the question once more. */
export function RetireIntegration({ integration, backHref, retire }: RetireProps) {
  const t = useTranslations("integrations.retirement.form");
  return (
    <>
      <div className="grid gap-3">
        <p className="text-sm">
          <TextLink href={backHref}>{t("back", { integration: integration.name })}</TextLink>
        </p>
        <PageHeading title={t("title", { integration: integration.name })}>{t("intro")}</PageHeading>
      </div>
      <CardSection id="retire" title={t("what")}>
        <div className="grid max-w-xl gap-5 text-sm">
          <ul className="grid list-disc gap-1.5 pl-5">
            {(["links", "told", "ends", "back"] as const).map((one) => (
              <li key={one}>{t(`means.${one}`, { count: integration.connections })}</li>
            ))}
          </ul>
          <ActionForm action={retire} className="grid gap-4">
            <FormError />
            <DayField
              name="day"
              label={t("day")}
              help={t("dayHelp", { days: RETIREMENT_NOTICE_DAYS })}
              isRequired
            />
            <ZoneField />
            <Field name="note" label={t("note")} help={t("noteHelp")} isRequired>
              <Textarea maxLength={MAX_REASON_LENGTH} rows={3} />
            </Field>
            <Field name="replacementName" label={t("replacementName")} help={t("replacementNameHelp")}>
              <Input maxLength={100} autoComplete="off" />
            </Field>
            <Field name="replacementUrl" label={t("replacementUrl")} help={t("replacementUrlHelp")}>
              <Input type="url" maxLength={300} autoComplete="off" />
            </Field>
            <Field
              name="typed"
              label={t.rich("typed", {
                slug: integration.slug,
                strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
              })}
              isRequired
            >
              <Input autoComplete="off" />
            </Field>
            <div>
              <SubmitButton variant="danger" pendingLabel={t("pending")}>
                {t("submit")}
              </SubmitButton>
            </div>
          </ActionForm>
        </div>
      </CardSection>
    </>
  );
}
