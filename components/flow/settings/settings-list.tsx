import { useTranslations } from "next-intl";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { Setting } from "@/lib/integration/schema";
import type { SettingValue } from "@/lib/settings/schema";

export type ChosenSetting = { setting: Setting; value: SettingValue };

function ValueWords({ setting, value }: ChosenSetting) {
  const t = useTranslations("settings");
  if (value === null) return <span className="text-ink-soft">{t("empty")}</span>;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "object") return <span className="tabular-nums">{`${value.from}–${value.to}`}</span>;
  if (setting.type !== "choice") return String(value);
  return setting.choices.find((choice) => choice.value === value)?.label ?? String(value);
}

/** What was chosen, in the partner's own words. */
export function SettingsList({ settings }: { settings: readonly ChosenSetting[] }) {
  return (
    <DescriptionList>
      {settings.map((one) => (
        <Description key={one.setting.name} term={one.setting.label}>
          <ValueWords {...one} />
        </Description>
      ))}
    </DescriptionList>
  );
}
