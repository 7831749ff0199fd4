import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { CardSection } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { PageHeading } from "@/components/ui/page-heading";
import { SavedNote } from "@/components/ui/saved-note";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { EntitySetting } from "@/lib/connection/import/schema";
import { useEntityWords } from "./use-entity-words";

type Props = {
  connectionId: string;
  connectorId: string;
  entity: string;
  settings: readonly EntitySetting[];
  save: FormAction;
  listHref: string;
};

/** What a customer chooses for an entity of a connection. */
export function EntitySettingsPage({ connectionId, connectorId, entity, settings, save, listHref }: Props) {
  const t = useTranslations("deliveries");
  const words = useEntityWords(connectorId);
  const say = (value: string): string =>
    value === "YES" ? t("settings.yes") : value === "NO" ? t("settings.no") : value;
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <TextLink href={listHref} className="justify-self-start text-sm">
          {t("detail.toList")}
        </TextLink>
        <PageHeading title={t("settings.title", { entity: words.name(entity) })}>
          {t("settings.intro")}
        </PageHeading>
      </div>
      <CardSection id="settings" title={t("entities.settings")}>
        <ActionForm action={save} hidden={{ connectionId, entity }} className="grid max-w-md gap-4">
          <FormError />
          {settings.map(({ name, value, byDefault, choices, isRequired }) => (
            <Field
              key={name}
              name={`settings.${name}`}
              label={words.setting(entity, name)}
              help={byDefault === null ? undefined : t("settings.default", { value: say(byDefault) })}
              isRequired={isRequired}
            >
              {choices ? (
                <Select defaultValue={value ?? ""}>
                  {!isRequired && <option value="">–</option>}
                  {choices.map((choice) => (
                    <option key={choice} value={choice}>
                      {say(choice)}
                    </option>
                  ))}
                </Select>
              ) : (
                <Input defaultValue={value ?? ""} autoComplete="off" />
              )}
            </Field>
          ))}
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton pendingLabel={t("settings.saving")}>{t("settings.save")}</SubmitButton>
            <SavedNote>{t("settings.saved")}</SavedNote>
          </div>
        </ActionForm>
      </CardSection>
    </div>
  );
}
