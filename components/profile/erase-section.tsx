import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/ui/action-form";
import { Alert } from "@/components/ui/alert";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import type { FormAction } from "@/components/ui/form-state";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextLink } from "@/components/ui/text-link";
import type { ErasureObstacle, ProfileView } from "@/lib/people/profile/schema";

const GOES = ["address", "sessions", "account", "prepared"] as const;
const STAYS = ["consents", "audit", "shared", "elsewhere"] as const;

function Facts({ kind, keys }: { kind: "goes" | "stays"; keys: readonly string[] }) {
  const t = useTranslations(`profile.erase.${kind}`);
  return (
    <div className="grid content-start gap-1.5">
      <h3 className="font-semibold">{t("title")}</h3>
      <ul className="grid list-disc gap-1 pl-5 marker:text-ink-soft">
        {keys.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </div>
  );
}

/** What has to end first, account by account. */
function Obstacles({ obstacles, homeHref }: { obstacles: ErasureObstacle[]; homeHref: string }) {
  const t = useTranslations("profile.erase.first");
  return (
    <Alert
      tone="warning"
      role="note"
      title={t("title")}
      action={<TextLink href={homeHref}>{t("toHome")}</TextLink>}
    >
      <p>{t("body")}</p>
      <ul className="grid list-disc gap-1 pt-2 pl-5">
        {obstacles.map(({ accountName, liveConnections, openRequests }) => (
          <li key={accountName}>
            {accountName}:{" "}
            {[
              liveConnections > 0 && t("connections", { count: liveConnections }),
              openRequests > 0 && t("requests", { count: openRequests }),
            ]
              .filter(Boolean)
              .join(", ")}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function EraseForm({ email, erase }: { email: string; erase: FormAction }) {
  const t = useTranslations("profile.erase");
  return (
    <ActionForm action={erase} className="grid gap-4">
      <FormError />
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Field name="confirmation" label={t("confirmLabel", { email })} isRequired>
          <Input type="text" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={254} />
        </Field>
        <SubmitButton variant="danger" pendingLabel={t("pending")}>
          {t("submit")}
        </SubmitButton>
      </div>
      <p className="text-sm text-ink-soft">{t("noWayBack")}</p>
    </ActionForm>
  );
}

type Props = { view: ProfileView; erase: FormAction; homeHref: string };

/** What erasing takes away and what it leaves; refused while something would go on alone. */
export function EraseSection({ view, erase, homeHref }: Props) {
  return (
    <div className="grid gap-5 text-sm">
      <div className="grid gap-5 sm:grid-cols-2">
        <Facts kind="goes" keys={GOES} />
        <Facts kind="stays" keys={STAYS} />
      </div>
      {view.obstacles.length > 0 ? (
        <Obstacles obstacles={view.obstacles} homeHref={homeHref} />
      ) : (
        <EraseForm email={view.email} erase={erase} />
      )}
    </div>
  );
}
