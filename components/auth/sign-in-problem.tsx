import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { AuthCard } from "./auth-card";

type Props = {
  problem: "link_expired" | "link_used" | "link_unknown" | "too_many_codes";
  signInHref: string;
};

/** A link or code that no longer works, and the way to a new one. */
export function SignInProblem({ problem, signInHref }: Props) {
  const t = useTranslations("auth.problem");
  return (
    <AuthCard title={t(`${problem}.title`)} intro={t(`${problem}.body`)}>
      <LinkButton href={signInHref} size="large">
        {t("newLink")}
      </LinkButton>
    </AuthCard>
  );
}
