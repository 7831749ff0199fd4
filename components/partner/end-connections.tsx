import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { CardSection } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { MAX_REASON_LENGTH } from "@/lib/core/outside-text";
import {
  END_EXTENTS,
  type EndExtent,
  type EndedConnection,
  type EndPreview,
} from "@/lib/partner/monitoring/schema";

type Props = {
  preview: EndPreview;
  extent: EndExtent;
  hrefs: { list: string; extent: (extent: EndExtent) => string };
  /** Gets `connectionId`, `extent`, `expected`, `reason` and `typed`. */
  end: FormAction;
};

/** A company with the integration that ends there. */
export function EndedCompany({ connection }: { connection: EndedConnection }) {
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="font-medium wrap-anywhere">
        {connection.company}
        {connection.businessId && (
          <span className="ml-2 font-normal text-ink-soft tabular-nums">{connection.businessId}</span>
        )}
      </span>
      <span className="text-ink-soft">{connection.integration}</span>
    </span>
  );
}

function Extents({ preview, extent, hrefs }: Pick<Props, "preview" | "extent" | "hrefs">) {
  const t = useTranslations("partner.end");
  return (
    <nav aria-label={t("extents.label")} className="flex flex-wrap gap-2">
      {END_EXTENTS.map((one) => (
        <Link
          key={one}
          href={hrefs.extent(one)}
          aria-current={one === extent ? "page" : undefined}
          className={classNames(
            "flex min-h-11 items-center rounded-lg border px-4 text-sm font-medium",
            one === extent ? "border-accent bg-sunken text-ink" : "border-line text-ink-soft hover:text-ink",
          )}
        >
          {t(`extents.${one}`, { count: preview.live.length })}
        </Link>
      ))}
    </nav>
  );
}

/** What would end, with a reason for the customer, and the company's name to be typed before it counts. */
export function EndConnections({ preview, extent, hrefs, end }: Props) {
  const t = useTranslations("partner.end");
  const { connection, activating } = preview;
  const ending = extent === "customer" ? preview.live : connection.isActivating ? [] : [connection];
  const count = ending.length;
  return (
    <>
      <div className="grid gap-3">
        <p className="text-sm">
          <TextLink href={hrefs.list}>{t("back")}</TextLink>
        </p>
        <PageHeading title={t("title", { company: connection.company })}>{t("intro")}</PageHeading>
      </div>
      <Extents preview={preview} extent={extent} hrefs={hrefs} />
      <CardSection id="ending" title={t("ending", { count })}>
        {count === 0 ? (
          <p className="text-sm">{t("onlyActivating")}</p>
        ) : (
          <ul className="max-h-96 divide-y divide-line overflow-y-auto text-sm">
            {ending.map((one) => (
              <li key={one.id} className="py-2.5 first:pt-0 last:pb-0">
                <EndedCompany connection={one} />
              </li>
            ))}
          </ul>
        )}
        {extent === "customer" && activating > 0 && (
          <Alert tone="info" role="note">
            {t("activating", { count: activating })}
          </Alert>
        )}
      </CardSection>
      {count > 0 && (
        <CardSection id="confirm" title={t("confirm.title")}>
          <div className="grid max-w-xl gap-5 text-sm">
            <ul className="grid list-disc gap-1.5 pl-5">
              {["stops", "key", "told"].map((consequence) => (
                <li key={consequence}>{t(`confirm.${consequence}`)}</li>
              ))}
            </ul>
            <ActionForm
              action={end}
              hidden={{ connectionId: connection.id, extent, expected: String(count) }}
              className="grid gap-4"
            >
              <FormError />
              <Field name="reason" label={t("reason.label")} help={t("reason.help")} isRequired>
                <Textarea maxLength={MAX_REASON_LENGTH} rows={2} className="min-h-16" />
              </Field>
              <Field
                name="typed"
                label={t.rich("typed.label", {
                  company: connection.company,
                  strong: (chunks) => <strong className="wrap-anywhere">{chunks}</strong>,
                })}
                isRequired
              >
                <Input autoComplete="off" />
              </Field>
              <div>
                <SubmitButton variant="danger" pendingLabel={t("confirm.pending")}>
                  {t("confirm.submit", { count })}
                </SubmitButton>
              </div>
            </ActionForm>
          </div>
        </CardSection>
      )}
    </>
  );
}
