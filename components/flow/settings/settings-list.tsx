import { useTranslations } from "next-intl";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { langOf } from "@/components/ui/lang-of";
import type { ChosenSetting } from "@/lib/activation/settings/schema";
import type { TextLanguage } from "@/lib/catalogue/integration/texts";
import { useVendorWords } from "../use-vendor-words";

type Connector = { id: string; name: string };
type ValueProps = { chosen: ChosenSetting; connector: Connector };

/** Nothing was chosen: what happens then. */
function EmptyWords({ chosen, connector }: ValueProps) {
  const words = useVendorWords(connector.id, "settings");
  const key = chosen.isNumberedByVendor ? "numberedByVendor" : "empty";
  return <span className="text-ink-soft">{words(key, { connector: connector.name })}</span>;
}

function ValueWords({ chosen, connector, language }: ValueProps & { language: TextLanguage }) {
  const t = useTranslations("settings");
  const { setting, value } = chosen;
  if (value === null) return <EmptyWords chosen={chosen} connector={connector} />;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "object") return <span className="tabular-nums">{`${value.from}–${value.to}`}</span>;
  if (setting.type !== "choice") return String(value);
  const label = setting.choices.find((choice) => choice.value === value)?.label;
  return label === undefined ? String(value) : <span lang={langOf(language)}>{label}</span>;
}

type Props = {
  settings: readonly ChosenSetting[];
  connector: Connector;
  /** The language of the settings' words. */
  language: TextLanguage;
};

/** What was chosen, in the partner's own words. */
export function SettingsList({ settings, connector, language }: Props) {
  return (
    <DescriptionList>
      {settings.map((chosen) => (
        <Description
          key={chosen.setting.name}
          term={<span lang={langOf(language)}>{chosen.setting.label}</span>}
        >
          <ValueWords chosen={chosen} connector={connector} language={language} />
        </Description>
      ))}
    </DescriptionList>
  );
}
