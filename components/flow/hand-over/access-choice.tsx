import { useTranslations } from "next-intl";

/** How much the colleague gets: the one request, unless more is chosen. */
export function AccessChoice({ accountName }: { accountName: string }) {
  const t = useTranslations("handOver.access");
  return (
    <fieldset className="mb-4 grid gap-2">
      <legend className="pb-2 text-sm font-medium">{t("legend")}</legend>
      {(["request", "account"] as const).map((access) => (
        <label
          key={access}
          className="flex items-start gap-3 rounded-lg border border-line px-3 py-2.5 text-sm has-checked:border-accent has-checked:bg-sunken"
        >
          <input
            type="radio"
            name="access"
            value={access}
            defaultChecked={access === "request"}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span className="grid min-w-0 gap-0.5">
            <span className="font-medium">{t(access)}</span>
            <span className="wrap-anywhere text-ink-soft">
              {t(`${access}Help`, { account: accountName })}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
