import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { Select } from "@/components/ui/select";
import { StatusPill } from "@/components/ui/status-pill";
import { SubmitButton } from "@/components/ui/submit-button";
import { OutsideLink } from "@/components/ui/text-link";
import { INTEGRATION_KINDS } from "@/lib/catalogue/listing/kinds";
import type { OperatorListing } from "@/lib/catalogue/listing/schema";

type Props = {
  listings: readonly OperatorListing[];
  /** Gets `integrationId`, `kind`, and `isListed` when it is ticked. */
  setListing: FormAction;
  publicHref: (slug: string) => string;
};

function ListingForm({ listing, setListing }: { listing: OperatorListing; setListing: FormAction }) {
  const t = useTranslations("operator.integrations");
  const kinds = useTranslations("catalogue.kinds");
  const { id, name, kind, isListed } = listing;
  return (
    <ActionForm action={setListing} hidden={{ integrationId: id }} className="grid gap-2">
      <FormError />
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <legend className="sr-only">{name}</legend>
        <label htmlFor={`listed-${id}`} className="flex items-center gap-2.5 text-sm pointer-coarse:min-h-11">
          <Checkbox id={`listed-${id}`} name="isListed" value="yes" defaultChecked={isListed} />
          {t("listed")}
        </label>
        <div className="flex items-center gap-2">
          <label htmlFor={`kind-${id}`} className="text-sm text-ink-soft">
            {t("kind")}
          </label>
          <Select id={`kind-${id}`} name="kind" defaultValue={kind}>
            {INTEGRATION_KINDS.map((one) => (
              <option key={one} value={one}>
                {kinds(one)}
              </option>
            ))}
          </Select>
        </div>
        <SubmitButton variant="secondary" size="small" pendingLabel={t("pending")}>
          {t("save")}
        </SubmitButton>
      </fieldset>
      <SavedNote>{t("saved")}</SavedNote>
    </ActionForm>
  );
}

function Listing({
  listing,
  setListing,
  publicHref,
}: Omit<Props, "listings"> & { listing: OperatorListing }) {
  const t = useTranslations("operator.integrations");
  const stage = useTranslations("shell.flow");
  const { slug, name, partnerName: partner, connectorName: connector, version } = listing;
  return (
    <li className="grid gap-2.5 py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <p className="grid min-w-0 gap-0.5 text-sm">
          <span className="font-medium wrap-anywhere">
            {name} <code className="text-xs font-normal text-ink-soft">{slug}</code>
          </span>
          <span className="text-ink-soft wrap-anywhere">{t("facts", { partner, connector })}</span>
        </p>
        <span className="flex flex-wrap gap-1.5">
          {listing.stage === "test" && <StatusPill tone="warning">{stage("testStage")}</StatusPill>}
          <StatusPill tone="neutral">
            {version === null ? t("unpublished") : t("version", { version })}
          </StatusPill>
        </span>
      </div>
      <ListingForm listing={listing} setListing={setListing} />
      {listing.isListed && version !== null && (
        <p className="text-sm">
          <OutsideLink href={publicHref(slug)}>{t("open")}</OutsideLink>
        </p>
      )}
    </li>
  );
}

/** Every integration of the installation, and whether it stands in the public catalogue. */
export function ListingList({ listings, ...rest }: Props) {
  const t = useTranslations("operator.integrations");
  return (
    <div className="grid gap-6">
      <PageHeading title={t("title")}>
        <p>{t("intro")}</p>
      </PageHeading>
      <CardSection id="integrations" title={t("title")}>
        {listings.length === 0 ? (
          <p className="text-sm text-ink-soft">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {listings.map((listing) => (
              <Listing key={listing.id} listing={listing} {...rest} />
            ))}
          </ul>
        )}
      </CardSection>
    </div>
  );
}
