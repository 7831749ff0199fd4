import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";

type Props = { names: readonly string[]; connectorName: string };

/** Companies that were consented to and that cannot be offered, so that nobody looks for them in vain. */
export function WithoutKey({ names, connectorName }: Props) {
  const t = useTranslations("environments.withoutKey");
  if (names.length === 0) return null;
  const values = { connector: connectorName, count: names.length };
  return (
    <Alert tone="warning" role="note" title={t("title", values)}>
      <ul className="list-disc pt-0.5 pb-1.5 pl-5">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <p>{t("whatToDo", values)}</p>
    </Alert>
  );
}
