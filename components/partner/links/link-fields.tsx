import { useTranslations } from "next-intl";
import { LANGUAGES } from "@/components/shell/languages";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { LinkDetails } from "@/lib/partner/link/schema";
import type { IntegrationChoice } from "@/lib/partner/organization/schema";

export function IntegrationField({ integrations }: { integrations: IntegrationChoice[] }) {
  const t = useTranslations("partnerLinks.form");
  const stages = useTranslations("partner.stages");
  return (
    <Field name="integrationId" label={t("integration")} isRequired>
      <Select>
        {integrations.map(({ id, name, stage }) => (
          <option key={id} value={id}>
            {name} ({stages(stage === "production" ? "production" : "test")})
          </option>
        ))}
      </Select>
    </Field>
  );
}

export function LanguageField({ given }: { given: string | null }) {
  const t = useTranslations("partnerLinks.form");
  return (
    <Field name="language" label={t("language")} help={t("languageHelp")}>
      <Select defaultValue={given ?? ""}>
        <option value="">{t("anyLanguage")}</option>
        {LANGUAGES.map(({ locale, name }) => (
          <option key={locale} value={locale} lang={locale}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type Given = Pick<LinkDetails, "label" | "campaign" | "language" | "expiresAt" | "maxUses">;

/** What can be said of a link when it is made, and changed later. */
export function LinkFields({ given }: { given: Given | null }) {
  const t = useTranslations("partnerLinks.form");
  return (
    <>
      <Field name="label" label={t("label")} help={t("labelHelp")} isRequired>
        <Input maxLength={120} autoComplete="off" defaultValue={given?.label} />
      </Field>
      <Field name="campaign" label={t("campaign")} help={t("campaignHelp")}>
        <Input maxLength={120} autoComplete="off" defaultValue={given?.campaign ?? undefined} />
      </Field>
      <LanguageField given={given?.language ?? null} />
      <Field name="expiresOn" label={t("expiresOn")} help={t("expiresHelp")}>
        <Input type="date" defaultValue={given?.expiresAt?.slice(0, 10)} />
      </Field>
      <Field name="maxUses" label={t("maxUses")} help={t("maxUsesHelp")}>
        <Input
          inputMode="numeric"
          maxLength={6}
          autoComplete="off"
          defaultValue={given?.maxUses === null ? undefined : given?.maxUses}
        />
      </Field>
    </>
  );
}
