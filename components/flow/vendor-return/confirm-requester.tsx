import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormError } from "@/components/ui/form-error";
import { PageHeading } from "@/components/ui/page-heading";
import { SubmitButton } from "@/components/ui/submit-button";
import type { VendorReturnView } from "@/lib/activation/grant/schema";
import type { VendorReturnProps } from "./vendor-return-props";

type ConfirmView = Extract<VendorReturnView, { state: "confirm" }>;

/** Enough to see which request it is; the others can be looked through when they are picked. */
const COMPANIES_SHOWN = 200;

function Companies({ companies }: Pick<ConfirmView, "companies">) {
  const t = useTranslations("vendorReturn.confirm");
  return (
    <section aria-labelledby="companies" className="grid gap-2">
      <h2 id="companies" className="text-sm font-semibold">
        {t("companies", { count: companies.length })}
      </h2>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto rounded-lg border border-line text-sm">
        {companies.slice(0, COMPANIES_SHOWN).map(({ name, externalId, businessId }) => (
          <li key={externalId} className="flex flex-wrap justify-between gap-x-4 px-4 py-2">
            <span className="min-w-0 wrap-anywhere">{name ?? t("unnamed", { id: externalId })}</span>
            <span className="text-ink-soft tabular-nums">{businessId ?? externalId}</span>
          </li>
        ))}
        {companies.length > COMPANIES_SHOWN && (
          <li className="px-4 py-2 text-ink-soft">
            {t("andMore", { count: companies.length - COMPANIES_SHOWN })}
          </li>
        )}
      </ul>
    </section>
  );
}

type Props = Omit<VendorReturnProps, "view"> & { view: ConfirmView };

/** Who made the request at the vendor and for which companies; going on ties it to the signed-in person. */
export function ConfirmRequester({ view, claimRequest, switchAccount }: Props) {
  const t = useTranslations("vendorReturn.confirm");
  const requester = [view.initiatorName, view.viewerEmail].filter(Boolean).join(", ");
  const values = {
    email: view.viewerEmail,
    connector: view.connectorName,
    integration: view.integrationName,
    requester,
  };
  return (
    <Card className="grid gap-6 px-5 py-6 sm:px-8">
      <PageHeading title={t("title", values)}>
        <p>{t("madeBy", values)}</p>
      </PageHeading>
      <Companies companies={view.companies} />
      <div className="grid gap-3">
        <ActionForm action={claimRequest} className="grid justify-items-start gap-4">
          <FormError className="w-full" />
          <SubmitButton size="large" pendingLabel={t("pending")} className="w-full wrap-anywhere sm:w-auto">
            {t("continueAs", values)}
          </SubmitButton>
        </ActionForm>
        <form action={switchAccount}>
          <button type="submit" className={buttonClass("quiet", "medium", "-ml-4")}>
            {t("somebodyElse")}
          </button>
        </form>
        <p className="text-sm text-ink-soft">{t("notYou", values)}</p>
      </div>
    </Card>
  );
}
